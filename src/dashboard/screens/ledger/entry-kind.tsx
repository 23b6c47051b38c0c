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
  'stream-income',
  'stream-cost',
  'stream-reversal',
] as const

const sources = ['stream-recurring', 'stream-import'] as const

/** What an entry is, in a word; kinds that a program made up are shown as they are. */
export function EntryKind({ kind }: { kind: string }): ReactNode {
  const t = useText()
  const name = known.find((one) => one === kind)
  return name === undefined ? <Said>{kind}</Said> : t(`ledger.kind.${name}`)
}

/** Where an entry comes from, in a word; sources that a program made up are shown as they are. */
export function SourceKind({ kind }: { kind: string }): ReactNode {
  const t = useText()
  const name = sources.find((one) => one === kind)
  return name === undefined ? <Said>{kind}</Said> : t(`ledger.sources.${name}`)
}
