import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { reviewsQuery, writeReview, type Focus, type Reviews } from '../../../api/focus.ts'
import { useRight } from '../../../api/session.ts'
import { usePerson } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { Card } from '../../../ui/page.tsx'
import { Ghost, ProblemNotice, Said } from '../../../ui/show.tsx'

/** The week in five questions, to be answered or skipped, and the weeks before. */
export function Review({ focus }: { focus: Focus }): ReactNode {
  const { t, locale, date } = usePerson()
  const found = useQuery(reviewsQuery(locale))
  const mayWrite = useRight('planner:write')
  const [again, setAgain] = useState(false)
  if (found.isPending) return <Ghost lines={5} />
  if (found.error !== null) return <ProblemNotice error={found.error} retry={() => void found.refetch()} />
  const isOpen = mayWrite && (focus.reviewed === null || again)
  return (
    <Card title={t('review.title', { date: date(`${focus.week}T12:00:00`) })}>
      {isOpen ? (
        <Questions reviews={found.data} onDone={() => setAgain(false)} />
      ) : (
        <div className="row between">
          <p className="muted">{t(focus.reviewed === 'skipped' ? 'review.skipped' : 'review.written')}</p>
          {mayWrite && (
            <Button small look="quiet" onPress={() => setAgain(true)}>
              {t('review.again')}
            </Button>
          )}
        </div>
      )}
      <Before reviews={found.data} />
    </Card>
  )
}

function Questions({ reviews, onDone }: { reviews: Reviews; onDone: () => void }): ReactNode {
  const { t } = usePerson()
  const queries = useQueryClient()
  const { questions, week } = reviews
  const kept = reviews.reviews.find((one) => one.week === week)?.answers
  const [answers, setAnswers] = useState<Record<string, string>>(kept ?? {})
  const writing = useMutation({
    mutationFn: (given: Record<string, string> | null) => writeReview(week, given),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['focus'] })
      onDone()
    },
  })
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        writing.mutate(answers)
      }}
    >
      <p className="muted">{t('review.lead')}</p>
      {questions.map(({ id, text, help }) => (
        <TextField
          key={id}
          label={text}
          hint={help}
          lines={id === 'hours' ? 'one' : 'many'}
          maxLength={1000}
          value={answers[id] ?? ''}
          onChange={(answer) => setAnswers({ ...answers, [id]: answer })}
        />
      ))}
      <ProblemNotice error={writing.error} />
      <div className="row">
        <Button isDisabled={writing.isPending} onPress={() => writing.mutate(null)}>
          {t('review.skip')}
        </Button>
        <Button type="submit" look="primary" isPending={writing.isPending}>
          {t('common.action.save')}
        </Button>
      </div>
    </Form>
  )
}

function Before({ reviews: { reviews, questions, week } }: { reviews: Reviews }): ReactNode {
  const { t, date } = usePerson()
  const before = reviews.filter((one) => one.week !== week)
  if (before.length === 0) return null
  return (
    <details className="fold">
      <summary>{t('review.before', { count: before.length })}</summary>
      {before.map((one) => (
        <div key={one.week} className="stack tight">
          <strong>{date(`${one.week}T12:00:00`)}</strong>
          {one.answers === null ? (
            <p className="muted">{t('review.was-skipped')}</p>
          ) : (
            <dl className="answers">
              {questions
                .filter(({ id }) => (one.answers?.[id] ?? '') !== '')
                .map(({ id, text }) => (
                  <div key={id}>
                    <dt>{text}</dt>
                    <dd>
                      <Said>{one.answers?.[id] ?? ''}</Said>
                    </dd>
                  </div>
                ))}
            </dl>
          )}
        </div>
      ))}
    </details>
  )
}
