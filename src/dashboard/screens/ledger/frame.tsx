import { Link, Outlet } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { Suspense, type ReactNode } from 'react'
import { useRight } from '../../api/session.ts'
import type { TextKey } from '../../text/messages.ts'
import { useText } from '../../text/person.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { PageHead, type Way } from '../../ui/page.tsx'
import { Ghost } from '../../ui/show.tsx'
import { useShownTab } from '../../ui/use-shown-tab.ts'
import { Integrity } from './integrity.tsx'

/** The parts of the books, in their order. */
export const ledgerParts: readonly { to: Way; text: TextKey; exact?: boolean }[] = [
  { to: '/ledger', text: 'ledger.tab.accounts', exact: true },
  { to: '/ledger/journal', text: 'ledger.tab.journal' },
  { to: '/ledger/reports', text: 'ledger.tab.reports' },
  { to: '/ledger/rates', text: 'ledger.tab.rates' },
  { to: '/ledger/closing', text: 'ledger.tab.closing' },
]

/** The books: accounts, journal, reports, closing; and how far they are proven. */
export function LedgerFrame(): ReactNode {
  const t = useText()
  const row = useShownTab()
  const mayWrite = useRight('ledger:write')
  return (
    <>
      <PageHead
        title={t('nav.ledger')}
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
      <nav className="tabs no-print" ref={row} aria-label={t('ledger.parts')}>
        {ledgerParts.map(({ to, text, exact }) => (
          <Link key={text} to={to} activeOptions={{ exact: exact === true, includeSearch: false }}>
            {t(text)}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<Ghost lines={6} />}>
        <Outlet />
      </Suspense>
    </>
  )
}
