import type { ReactNode } from 'react'
import { useText } from '../../text/person.tsx'
import { Said } from '../../ui/show.tsx'

const known = [
  'sale',
  'refund',
  'reversal',
  'manual',
  'exchange',
  'payout',
  'fee',
  'opening',
  'surplus-payment',
  'surplus-refund',
] as const

/** What an entry is, in a word; kinds that a program made up are shown as they are. */
export function EntryKind({ kind }: { kind: string }): ReactNode {
  const t = useText()
  const name = known.find((one) => one === kind)
  return name === undefined ? <Said>{kind}</Said> : t(`ledger.kind.${name}`)
}
