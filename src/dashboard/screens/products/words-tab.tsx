import type { ReactNode } from 'react'
import { wrongInBoth } from '../../api/errors-of.ts'
import { useText } from '../../text/person.tsx'
import { BilingualField } from '../../ui/fields.tsx'
import { Card } from '../../ui/page.tsx'
import type { TabProps } from './product.tsx'

/** What a product says of itself, in both languages. */
export function WordsTab({ draft, error }: TabProps): ReactNode {
  const t = useText()
  const { value, change } = draft
  return (
    <Card>
      <BilingualField
        label={t('products.title')}
        maxLength={150}
        value={value.title}
        onChange={(title) => change({ title })}
        hint={t('products.title-hint')}
        wrong={wrongInBoth(error, '/title')}
      />
      <BilingualField
        label={t('products.summary')}
        lines="many"
        maxLength={400}
        value={value.summary}
        onChange={(summary) => change({ summary })}
        hint={t('products.summary-hint')}
        wrong={wrongInBoth(error, '/summary')}
      />
      <BilingualField
        label={t('products.description')}
        lines="tall"
        value={value.description}
        onChange={(description) => change({ description })}
        hint={t('field.markdown-hint')}
        wrong={wrongInBoth(error, '/description')}
      />
      <BilingualField
        label={t('products.for-whom')}
        lines="many"
        maxLength={2000}
        value={value.forWhom}
        onChange={(forWhom) => change({ forWhom })}
        hint={t('products.for-whom-hint')}
        wrong={wrongInBoth(error, '/forWhom')}
      />
    </Card>
  )
}
