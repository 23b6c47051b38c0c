import type { ReactNode } from 'react'
import type { Text } from '../../text/messages.ts'
import { useText } from '../../text/person.tsx'
import { Conflicts } from '../../ui/conflicts.tsx'
import type { Draft } from '../../ui/use-draft.ts'
import type { ProductDraft } from './product-draft.ts'

type Name = keyof ProductDraft

/** Fields of the product that were changed here and elsewhere. */
export function ProductConflicts(props: { draft: Draft<ProductDraft>; saved: ProductDraft }): ReactNode {
  const t = useText()
  const words = {
    labelOf: (name: Name) => t(`conflict.field.${name}`),
    textsOf: (name: Name, value: ProductDraft) => textsOf(value[name], t),
  }
  return <Conflicts {...props} words={words} />
}

/** A field's content as texts, one below the other; what is empty is left out. */
function textsOf(value: ProductDraft[Name], t: Text): string[] {
  if (typeof value === 'boolean') return [t(value ? 'conflict.yes' : 'conflict.no')]
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (Array.isArray(value))
    return value
      .flatMap(({ question, answer }) => [question.ar, question.en, answer.ar, answer.en])
      .filter(isSaid)
  if ('rows' in value) return pricesIn(value, t)
  return [value.ar, value.en].filter(isSaid)
}

function pricesIn({ mode, rows }: ProductDraft['prices'], t: Text): string[] {
  if (mode === 'free') return [t('conflict.free')]
  const amounts = rows
    .filter(({ amount, suggested }) => isSaid(amount) || isSaid(suggested))
    .map(({ amount, suggested, currency }) => `${[amount, suggested].filter(isSaid).join(' / ')} ${currency}`)
  return mode === 'chosen' ? [t('conflict.chosen'), ...amounts] : amounts
}

function isSaid(text: string): boolean {
  return text !== ''
}
