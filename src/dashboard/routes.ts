import type { QueryClient } from '@tanstack/react-query'
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { prepareOverview } from './api/overview.ts'
import { inside, root } from './routes/frames.ts'
import { ledgerRoutes } from './routes/ledger.ts'
import { planRoutes } from './routes/plan.ts'
import { settingsRoute } from './routes/settings.ts'
import { streamRoutes } from './routes/streams.ts'
import { listSearch, ordersSearch, overviewSearch, textOf } from './search.ts'

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
const overview = createRoute({
  getParentRoute: () => inside,
  path: '/',
  validateSearch: overviewSearch,
  component: lazyRouteComponent(() => import('./screens/overview.tsx'), 'OverviewScreen'),
  loader: ({ context }) => prepareOverview(context.queries),
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
const customers = createRoute({
  getParentRoute: () => inside,
  path: '/customers',
  validateSearch: listSearch,
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
    ...ledgerRoutes,
    ...streamRoutes,
    ...planRoutes,
    customers,
    messages,
    message,
    settingsRoute,
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

/** Readies the first screen, so that it is drawn once and whole: its own code comes beside what it shows. */
export async function openFirst(screens: ReturnType<typeof createScreens>): Promise<void> {
  const wanted = new Set<unknown>(
    screens.matchRoutes(screens.latestLocation).map((match): unknown => match.routeId),
  )
  for (const route of Object.values(screens.routesById)) {
    if (wanted.has(route.id)) void screens.loadRouteChunk(route)
  }
  await screens.load()
}

declare module '@tanstack/react-router' {
  // The library's own way to learn the addresses; an interface, because it is merged with the library's.
  interface Register {
    router: ReturnType<typeof createScreens>
  }
}
