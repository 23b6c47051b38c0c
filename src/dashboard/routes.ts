import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type AnyRoute,
} from '@tanstack/react-router'
import { isProblem } from './api/client.ts'
import { sessionQuery } from './api/workspaces.ts'
import { MissingScreen, Outside, ScreenFault } from './screens/frame.tsx'
import { Shell } from './screens/shell.tsx'
import {
  auditSearch,
  journalSearch,
  listSearch,
  ordersSearch,
  overviewSearch,
  reportSearch,
  textOf,
} from './search.ts'

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outside,
  notFoundComponent: MissingScreen,
  errorComponent: ScreenFault,
})

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./screens/set-up.tsx'), 'SetUpScreen'),
})
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { from?: string } => textOf('from', search),
  component: lazyRouteComponent(() => import('./screens/sign-in.tsx'), 'SignInScreen'),
})
const mailedLinks = [
  createRoute({
    getParentRoute: () => root,
    path: '/forgot-password',
    component: lazyRouteComponent(() => import('./screens/mailed-links.tsx'), 'ForgotPasswordScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/mail-link',
    component: lazyRouteComponent(() => import('./screens/mailed-links.tsx'), 'MailLinkScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/new-password',
    component: lazyRouteComponent(() => import('./screens/mailed-links.tsx'), 'NewPasswordScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in-link',
    component: lazyRouteComponent(() => import('./screens/mailed-links.tsx'), 'UseLinkScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/confirm-email',
    component: lazyRouteComponent(() => import('./screens/mailed-links.tsx'), 'ConfirmEmailScreen'),
  }),
] as const
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./screens/invitation.tsx'), 'InvitationScreen'),
})
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queries.ensureQueryData(sessionQuery)
    } catch (error) {
      if (!isProblem(error) || error.problem.status !== 401) throw error
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { from: location.href } })
    }
  },
})
const overview = createRoute({
  getParentRoute: () => inside,
  path: '/',
  validateSearch: overviewSearch,
  component: lazyRouteComponent(() => import('./screens/overview.tsx'), 'OverviewScreen'),
})
const products = createRoute({
  getParentRoute: () => inside,
  path: '/products',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./screens/products/list.tsx'), 'ProductsScreen'),
})
const newProduct = createRoute({
  getParentRoute: () => inside,
  path: '/products/new',
  component: lazyRouteComponent(() => import('./screens/products/new.tsx'), 'NewProductScreen'),
})
const product = createRoute({
  getParentRoute: () => inside,
  path: '/products/$productId',
  validateSearch: (search): { tab?: string } => textOf('tab', search),
  component: lazyRouteComponent(() => import('./screens/products/product.tsx'), 'ProductScreen'),
})
const orders = createRoute({
  getParentRoute: () => inside,
  path: '/orders',
  validateSearch: ordersSearch,
  component: lazyRouteComponent(() => import('./screens/orders/list.tsx'), 'OrdersScreen'),
})
const order = createRoute({
  getParentRoute: () => inside,
  path: '/orders/$orderId',
  component: lazyRouteComponent(() => import('./screens/orders/order.tsx'), 'OrderScreen'),
})
const ledger = createRoute({
  getParentRoute: () => inside,
  id: 'ledger-frame',
  component: lazyRouteComponent(() => import('./screens/ledger/frame.tsx'), 'LedgerFrame'),
})
const ledgerParts = {
  accounts: createRoute({
    getParentRoute: () => ledger,
    path: '/ledger',
    component: lazyRouteComponent(() => import('./screens/ledger/accounts.tsx'), 'AccountsScreen'),
  }),
  journal: createRoute({
    getParentRoute: () => ledger,
    path: '/ledger/journal',
    validateSearch: journalSearch,
    component: lazyRouteComponent(() => import('./screens/ledger/journal.tsx'), 'JournalScreen'),
  }),
  reports: createRoute({
    getParentRoute: () => ledger,
    path: '/ledger/reports',
    validateSearch: reportSearch,
    component: lazyRouteComponent(() => import('./screens/ledger/reports.tsx'), 'ReportsScreen'),
  }),
  rates: createRoute({
    getParentRoute: () => ledger,
    path: '/ledger/rates',
    component: lazyRouteComponent(() => import('./screens/ledger/rates.tsx'), 'RatesScreen'),
  }),
  closing: createRoute({
    getParentRoute: () => ledger,
    path: '/ledger/closing',
    component: lazyRouteComponent(() => import('./screens/ledger/closing.tsx'), 'ClosingScreen'),
  }),
}
const statement = createRoute({
  getParentRoute: () => inside,
  path: '/ledger/accounts/$code/$currency',
  component: lazyRouteComponent(() => import('./screens/ledger/statement.tsx'), 'StatementScreen'),
})
const entry = createRoute({
  getParentRoute: () => inside,
  path: '/ledger/entries/$entryId',
  component: lazyRouteComponent(() => import('./screens/ledger/entry.tsx'), 'EntryScreen'),
})
const newEntry = createRoute({
  getParentRoute: () => inside,
  path: '/ledger/new',
  component: lazyRouteComponent(() => import('./screens/ledger/new-entry.tsx'), 'NewEntryScreen'),
})
const streams = createRoute({
  getParentRoute: () => inside,
  id: 'streams-frame',
  component: lazyRouteComponent(() => import('./screens/streams/frame.tsx'), 'StreamsFrame'),
})
const stream = createRoute({
  getParentRoute: () => inside,
  path: '/streams/$streamId',
  component: lazyRouteComponent(() => import('./screens/streams/stream.tsx'), 'StreamScreen'),
})
const streamsParts = {
  imports: createRoute({
    getParentRoute: () => streams,
    path: '/streams/imports',
    component: lazyRouteComponent(() => import('./screens/streams/imports/list.tsx'), 'ImportsScreen'),
  }),
  streams: createRoute({
    getParentRoute: () => streams,
    path: '/streams',
    component: lazyRouteComponent(() => import('./screens/streams/list.tsx'), 'StreamsScreen'),
  }),
  coverage: createRoute({
    getParentRoute: () => streams,
    path: '/streams/coverage',
    component: lazyRouteComponent(() => import('./screens/streams/coverage.tsx'), 'CoverageScreen'),
  }),
  concentration: createRoute({
    getParentRoute: () => streams,
    path: '/streams/concentration',
    component: lazyRouteComponent(() => import('./screens/streams/concentration.tsx'), 'ConcentrationScreen'),
  }),
  worth: createRoute({
    getParentRoute: () => streams,
    path: '/streams/purchasing-power',
    component: lazyRouteComponent(
      () => import('./screens/streams/purchasing-power.tsx'),
      'PurchasingPowerScreen',
    ),
  }),
  livingCosts: createRoute({
    getParentRoute: () => streams,
    path: '/streams/living-costs',
    component: lazyRouteComponent(() => import('./screens/streams/living-costs.tsx'), 'LivingCostsScreen'),
  }),
}
const plan = createRoute({
  getParentRoute: () => inside,
  id: 'plan-frame',
  component: lazyRouteComponent(() => import('./screens/plan/frame.tsx'), 'PlanFrame'),
})
const onePlan = createRoute({
  getParentRoute: () => inside,
  path: '/plan/plans/$planId',
  component: lazyRouteComponent(() => import('./screens/plan/projection/plan.tsx'), 'PlanScreen'),
})
const planProjection = createRoute({
  getParentRoute: () => inside,
  path: '/plan/projections/$projectionId',
  component: lazyRouteComponent(() => import('./screens/plan/projection/projection.tsx'), 'ProjectionScreen'),
})
const planParts = {
  plans: createRoute({
    getParentRoute: () => plan,
    path: '/plan',
    component: lazyRouteComponent(() => import('./screens/plan/list.tsx'), 'PlansScreen'),
  }),
  assessment: createRoute({
    getParentRoute: () => plan,
    path: '/plan/assessment',
    validateSearch: (search): { q?: string } => textOf('q', search),
    component: lazyRouteComponent(
      () => import('./screens/plan/assessment/conversation.tsx'),
      'AssessmentScreen',
    ),
  }),
  advice: createRoute({
    getParentRoute: () => plan,
    path: '/plan/advice',
    component: lazyRouteComponent(() => import('./screens/plan/assessment/advice.tsx'), 'AdviceScreen'),
  }),
  weights: createRoute({
    getParentRoute: () => plan,
    path: '/plan/weights',
    component: lazyRouteComponent(() => import('./screens/plan/assessment/weights.tsx'), 'WeightsScreen'),
  }),
  focus: createRoute({
    getParentRoute: () => plan,
    path: '/plan/focus',
    component: lazyRouteComponent(() => import('./screens/plan/focus/focus.tsx'), 'FocusScreen'),
  }),
}
const streamImport = createRoute({
  getParentRoute: () => inside,
  path: '/streams/imports/$importId',
  component: lazyRouteComponent(() => import('./screens/streams/imports/import.tsx'), 'ImportScreen'),
})
const customers = createRoute({
  getParentRoute: () => inside,
  path: '/customers',
  validateSearch: (search): { q?: string } => textOf('q', search),
  component: lazyRouteComponent(() => import('./screens/customers/list.tsx'), 'CustomersScreen'),
})
const messages = createRoute({
  getParentRoute: () => inside,
  path: '/messages',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./screens/messages/list.tsx'), 'MessagesScreen'),
})
const message = createRoute({
  getParentRoute: () => inside,
  path: '/messages/$messageId',
  component: lazyRouteComponent(() => import('./screens/messages/message.tsx'), 'MessageScreen'),
})
const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: lazyRouteComponent(() => import('./screens/settings/frame.tsx'), 'SettingsFrame'),
})
const settingsOf = {
  store: createRoute({
    getParentRoute: () => settings,
    path: '/',
    component: lazyRouteComponent(() => import('./screens/settings/store.tsx'), 'StoreSettings'),
  }),
  look: createRoute({
    getParentRoute: () => settings,
    path: '/look',
    component: lazyRouteComponent(() => import('./screens/settings/look.tsx'), 'LookSettings'),
  }),
  selling: createRoute({
    getParentRoute: () => settings,
    path: '/selling',
    component: lazyRouteComponent(() => import('./screens/settings/selling.tsx'), 'SellingSettings'),
  }),
  payments: createRoute({
    getParentRoute: () => settings,
    path: '/payments',
    component: lazyRouteComponent(() => import('./screens/settings/payments.tsx'), 'PaymentSettings'),
  }),
  tokens: createRoute({
    getParentRoute: () => settings,
    path: '/tokens',
    component: lazyRouteComponent(() => import('./screens/settings/tokens.tsx'), 'TokenSettings'),
  }),
  members: createRoute({
    getParentRoute: () => settings,
    path: '/members',
    component: lazyRouteComponent(() => import('./screens/settings/members.tsx'), 'MemberSettings'),
  }),
  webhooks: createRoute({
    getParentRoute: () => settings,
    path: '/webhooks',
    component: lazyRouteComponent(() => import('./screens/settings/webhooks/list.tsx'), 'WebhookSettings'),
  }),
  webhookEndpoint: createRoute({
    getParentRoute: () => settings,
    path: '/webhooks/$endpointId',
    validateSearch: (search): { state?: string } => textOf('state', search),
    component: lazyRouteComponent(
      () => import('./screens/settings/webhooks/endpoint.tsx'),
      'WebhookEndpointSettings',
    ),
  }),
  audit: createRoute({
    getParentRoute: () => settings,
    path: '/audit',
    validateSearch: auditSearch,
    component: lazyRouteComponent(() => import('./screens/settings/audit.tsx'), 'AuditSettings'),
  }),
  security: createRoute({
    getParentRoute: () => settings,
    path: '/security',
    component: lazyRouteComponent(() => import('./screens/settings/security.tsx'), 'SecuritySettings'),
  }),
  status: createRoute({
    getParentRoute: () => settings,
    path: '/status',
    component: lazyRouteComponent(() => import('./screens/settings/status.tsx'), 'StatusSettings'),
  }),
  person: createRoute({
    getParentRoute: () => settings,
    path: '/me',
    component: lazyRouteComponent(() => import('./screens/settings/me.tsx'), 'PersonSettings'),
  }),
}
const design = createRoute({
  getParentRoute: () => root,
  path: '/design',
  component: lazyRouteComponent(() => import('./screens/design.tsx'), 'DesignScreen'),
})

const tree = root.addChildren([
  setUp,
  signIn,
  invitation,
  ...mailedLinks,
  design,
  inside.addChildren([
    overview,
    products,
    newProduct,
    product,
    orders,
    order,
    ledger.addChildren(Object.values(ledgerParts) satisfies AnyRoute[]),
    stream,
    streams.addChildren(Object.values(streamsParts) satisfies AnyRoute[]),
    plan.addChildren(Object.values(planParts) satisfies AnyRoute[]),
    onePlan,
    planProjection,
    statement,
    entry,
    newEntry,
    streamImport,
    customers,
    messages,
    message,
    settings.addChildren(Object.values(settingsOf) satisfies AnyRoute[]),
  ]),
])

/** The dashboard's screens by address; each is fetched when it is first wanted, or when the pointer comes near. */
export function createScreens(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    basepath: '/dashboard',
    context: { queries },
    defaultPreload: 'intent',
    defaultPendingMs: 150,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  // The library's own way to learn the addresses; an interface, because it is merged with the library's.
  interface Register {
    router: ReturnType<typeof createScreens>
  }
}
