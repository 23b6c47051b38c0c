import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { wrongInBoth } from '../../api/errors-of.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { BilingualField } from '../../ui/fields.tsx'
import { Card } from '../../ui/page.tsx'
import { Empty } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import type { TabProps } from './product.tsx'

const none = { ar: '', en: '' }
const maxQuestions = 50

/** Questions that buyers ask, and their answers. */
export function QuestionsTab({ draft, error }: TabProps): ReactNode {
  const t = useText()
  const notify = useNotify()
  const { faq } = draft.value
  const set = (questions: typeof faq) => draft.change({ faq: questions })
  const add = () => set([...faq, { question: none, answer: none }])
  const swap = (at: number, other: number) =>
    set(
      faq.map((item, index) =>
        index === at ? (faq[other] ?? item) : index === other ? (faq[at] ?? item) : item,
      ),
    )
  const remove = (at: number) => {
    set(faq.toSpliced(at, 1))
    notify(t('products.question-removed'), () => set(faq))
  }
  if (faq.length === 0)
    return (
      <Card>
        <Empty
          title={t('products.no-questions')}
          action={
            <Button icon={Plus} onPress={add}>
              {t('products.add-question')}
            </Button>
          }
        >
          {t('products.no-questions-detail')}
        </Empty>
      </Card>
    )
  return (
    <div className="stack loose">
      {faq.map((item, at) => (
        <Card
          // Questions have no name of their own; their place is what identifies them while they are edited.
          // oxlint-disable-next-line react/no-array-index-key
          key={at}
          title={t('products.question-number', { number: at + 1 })}
          actions={
            <>
              <Button
                small
                look="quiet"
                icon={ArrowUp}
                label={t('action.move-up')}
                isDisabled={at === 0}
                onPress={() => swap(at, at - 1)}
              />
              <Button
                small
                look="quiet"
                icon={ArrowDown}
                label={t('action.move-down')}
                isDisabled={at === faq.length - 1}
                onPress={() => swap(at, at + 1)}
              />
              <Button
                small
                look="quiet"
                icon={Trash2}
                label={t('common.action.remove')}
                onPress={() => remove(at)}
              />
            </>
          }
        >
          <BilingualField
            label={t('products.question')}
            maxLength={300}
            value={item.question}
            onChange={(question) => set(faq.with(at, { ...item, question }))}
            wrong={wrongInBoth(error, `/faq/${at}/question`)}
          />
          <BilingualField
            label={t('products.answer')}
            lines="many"
            maxLength={5000}
            value={item.answer}
            onChange={(answer) => set(faq.with(at, { ...item, answer }))}
            wrong={wrongInBoth(error, `/faq/${at}/answer`)}
          />
        </Card>
      ))}
      {faq.length < maxQuestions && (
        <div>
          <Button icon={Plus} onPress={add}>
            {t('products.add-question')}
          </Button>
        </div>
      )}
    </div>
  )
}
