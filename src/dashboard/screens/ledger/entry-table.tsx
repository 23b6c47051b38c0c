import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Posting } from '../../api/ledger.ts'
import { usePerson } from '../../text/person.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import { Amount, Said } from '../../ui/show.tsx'
import { isDebit } from './sides.ts'

/** The lines of an entry, debits and credits in columns of their own. */
export function EntryTable({ postings }: { postings: readonly Posting[] }): ReactNode {
  const { t, pick } = usePerson()
  return (
    <Scroll label={t('ledger.lines')}>
      <table className="table dense" aria-label={t('ledger.lines')}>
        <thead>
          <tr>
            <th scope="col">{t('ledger.account')}</th>
            <th scope="col" className="figure">
              {t('ledger.debit')}
            </th>
            <th scope="col" className="figure">
              {t('ledger.credit')}
            </th>
          </tr>
        </thead>
        <tbody>
          {postings.map(({ line, account, name, amount, stream }) => (
            <tr key={line}>
              <td className="main-cell">
                <Link
                  to="/ledger/accounts/$code/$currency"
                  params={{ code: account, currency: amount.currency }}
                >
                  <Said>{pick(name)}</Said>
                </Link>{' '}
                <bdi dir="ltr" className="code muted">
                  {account}
                </bdi>
                {stream?.kind === 'product' && (
                  <div className="small">
                    <Link to="/products/$productId" params={{ productId: stream.id }}>
                      {t('ledger.stream-product')}
                    </Link>
                  </div>
                )}
              </td>
              <td className="figure">{isDebit(amount) && <Amount of={amount} />}</td>
              <td className="figure">
                {!isDebit(amount) && <Amount of={{ ...amount, amount: amount.amount.slice(1) }} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
