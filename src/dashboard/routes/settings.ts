import { createRoute, lazyRouteComponent, type AnyRoute } from '@tanstack/react-router'
import { auditSearch, listSearch } from '../search.ts'
import { inside } from './frames.ts'

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: lazyRouteComponent(() => import('../screens/settings/frame.tsx'), 'SettingsFrame'),
})
const settingsOf = {
  store: createRoute({
    getParentRoute: () => settings,
    path: '/',
    component: lazyRouteComponent(() => import('../screens/settings/store.tsx'), 'StoreSettings'),
  }),
  look: createRoute({
    getParentRoute: () => settings,
    path: '/look',
    component: lazyRouteComponent(() => import('../screens/settings/look.tsx'), 'LookSettings'),
  }),
  selling: createRoute({
    getParentRoute: () => settings,
    path: '/selling',
    component: lazyRouteComponent(() => import('../screens/settings/selling.tsx'), 'SellingSettings'),
  }),
  payments: createRoute({
    getParentRoute: () => settings,
    path: '/payments',
    component: lazyRouteComponent(() => import('../screens/settings/payments.tsx'), 'PaymentSettings'),
  }),
  tokens: createRoute({
    getParentRoute: () => settings,
    path: '/tokens',
    component: lazyRouteComponent(() => import('../screens/settings/tokens.tsx'), 'TokenSettings'),
  }),
  members: createRoute({
    getParentRoute: () => settings,
    path: '/members',
    component: lazyRouteComponent(() => import('../screens/settings/members.tsx'), 'MemberSettings'),
  }),
  webhooks: createRoute({
    getParentRoute: () => settings,
    path: '/webhooks',
    component: lazyRouteComponent(() => import('../screens/settings/webhooks/list.tsx'), 'WebhookSettings'),
  }),
  webhookEndpoint: createRoute({
    getParentRoute: () => settings,
    path: '/webhooks/$endpointId',
    validateSearch: listSearch,
    component: lazyRouteComponent(
      () => import('../screens/settings/webhooks/endpoint.tsx'),
      'WebhookEndpointSettings',
    ),
  }),
  audit: createRoute({
    getParentRoute: () => settings,
    path: '/audit',
    validateSearch: auditSearch,
    component: lazyRouteComponent(() => import('../screens/settings/audit.tsx'), 'AuditSettings'),
  }),
  security: createRoute({
    getParentRoute: () => settings,
    path: '/security',
    component: lazyRouteComponent(() => import('../screens/settings/security.tsx'), 'SecuritySettings'),
  }),
  status: createRoute({
    getParentRoute: () => settings,
    path: '/status',
    component: lazyRouteComponent(() => import('../screens/settings/status.tsx'), 'StatusSettings'),
  }),
  person: createRoute({
    getParentRoute: () => settings,
    path: '/me',
    component: lazyRouteComponent(() => import('../screens/settings/me.tsx'), 'PersonSettings'),
  }),
}

/** The settings of the store, of the workspace and of the person. */
export const settingsRoute = settings.addChildren(Object.values(settingsOf) satisfies AnyRoute[])
