import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useRight } from '../../api/session.ts'
import { useText } from '../../text/person.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { PageHead } from '../../ui/page.tsx'
import { Parts, usePartName, type Part } from '../../ui/parts.tsx'
import { Integrity } from './integrity.tsx'

/** The parts of the books, in their order. */
export const ledgerParts: readonly Part[] = [
  { to: '/ledger', text: 'ledger.tab.accounts', exact: true },
  { to: '/ledger/journal', text: 'ledger.tab.journal' },
  { to: '/ledger/reports', text: 'ledger.tab.reports' },
  { to: '/ledger/rates', text: 'ledger.tab.rates' },
  { to: '/ledger/closing', text: 'ledger.tab.closing' },
]

/** The books: accounts, journal, reports, closing; and how far they are proven. */
export function LedgerFrame(): ReactNode {
  const t = useText()
  const mayWrite = useRight('ledger:write')
  return (
    <>
      <PageHead
        title={t('nav.ledger')}
        name={usePartName(ledgerParts, t('nav.ledger'))}
        lead={<Integrity />}
        actions={
          mayWrite && (
            <Link to="/ledger/new" className={buttonClass()}>
              <Plus size={18} aria-hidden />
              {t('ledger.new-entry')}
            </Link>
          )
        }
      />
      <Parts label={t('ledger.parts')} parts={ledgerParts} />
    </>
  )
}
