import { CircleAlert, CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { usePerson } from '../../text/person.tsx'
import { differencesOf, type LineDraft } from './entry-form.ts'

/** Live, and read out politely: by how much each currency is out of balance. */
export function Differences({ lines }: { lines: readonly LineDraft[] }): ReactNode {
  const { t, money } = usePerson()
  const differences = differencesOf(lines)
  return (
    <output className="stack tight" aria-live="polite">
      {differences.map(({ currency, differenceMinor, debitMinor }) => {
        const balanced = differenceMinor === 0n
        const Icon = balanced ? CircleCheck : CircleAlert
        const size = differenceMinor < 0n ? -differenceMinor : differenceMinor
        const amount = money({ amount: (balanced ? debitMinor : size).toString(), currency })
        return (
          <span key={currency} className="row" style={{ color: balanced ? 'var(--good)' : 'var(--bad)' }}>
            <Icon size={18} aria-hidden />
            {t(
              balanced
                ? 'ledger.balanced'
                : differenceMinor > 0n
                  ? 'ledger.more-debit'
                  : 'ledger.more-credit',
              { amount },
            )}
          </span>
        )
      })}
    </output>
  )
}
