import { createRoute, lazyRouteComponent, type AnyRoute } from '@tanstack/react-router'
import { journalSearch, reportSearch, textOf } from '../search.ts'
import { inside } from './frames.ts'

const ledger = createRoute({
  getParentRoute: () => inside,
  id: 'ledger-frame',
  component: lazyRouteComponent(() => import('../screens/ledger/frame.tsx'), 'LedgerFrame'),
})
const ledgerParts = {
  accounts: createRoute({
    getParentRoute: () => ledger,
    path: '/ledger',
    component: lazyRouteComponent(() => import('../screens/ledger/accounts.tsx'), 'AccountsScreen'),
  }),
  journal: createRoute({
    getParentRoute: () => ledger,
    path: '/ledger/journal',
    validateSearch: journalSearch,
    component: lazyRouteComponent(() => import('../screens/ledger/journal.tsx'), 'JournalScreen'),
  }),
  reports: createRoute({
    getParentRoute: () => ledger,
    path: '/ledger/reports',
    validateSearch: reportSearch,
    component: lazyRouteComponent(() => import('../screens/ledger/reports.tsx'), 'ReportsScreen'),
  }),
  rates: createRoute({
    getParentRoute: () => ledger,
    path: '/ledger/rates',
    component: lazyRouteComponent(() => import('../screens/ledger/rates.tsx'), 'RatesScreen'),
  }),
  closing: createRoute({
    getParentRoute: () => ledger,
    path: '/ledger/closing',
    component: lazyRouteComponent(() => import('../screens/ledger/closing.tsx'), 'ClosingScreen'),
  }),
}
const statement = createRoute({
  getParentRoute: () => inside,
  path: '/ledger/accounts/$code/$currency',
  validateSearch: (search): { sort?: string } => textOf('sort', search),
  component: lazyRouteComponent(() => import('../screens/ledger/statement.tsx'), 'StatementScreen'),
})
const entry = createRoute({
  getParentRoute: () => inside,
  path: '/ledger/entries/$entryId',
  component: lazyRouteComponent(() => import('../screens/ledger/entry.tsx'), 'EntryScreen'),
})
const newEntry = createRoute({
  getParentRoute: () => inside,
  path: '/ledger/new',
  component: lazyRouteComponent(() => import('../screens/ledger/new-entry.tsx'), 'NewEntryScreen'),
})

/** The books. */
export const ledgerRoutes = [
  ledger.addChildren(Object.values(ledgerParts) satisfies AnyRoute[]),
  statement,
  entry,
  newEntry,
] as const
