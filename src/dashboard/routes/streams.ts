import { createRoute, lazyRouteComponent, type AnyRoute } from '@tanstack/react-router'
import { inside } from './frames.ts'

const streams = createRoute({
  getParentRoute: () => inside,
  id: 'streams-frame',
  component: lazyRouteComponent(() => import('../screens/streams/frame.tsx'), 'StreamsFrame'),
})
const stream = createRoute({
  getParentRoute: () => inside,
  path: '/streams/$streamId',
  component: lazyRouteComponent(() => import('../screens/streams/stream.tsx'), 'StreamScreen'),
})
const streamsParts = {
  imports: createRoute({
    getParentRoute: () => streams,
    path: '/streams/imports',
    component: lazyRouteComponent(() => import('../screens/streams/imports/list.tsx'), 'ImportsScreen'),
  }),
  streams: createRoute({
    getParentRoute: () => streams,
    path: '/streams',
    component: lazyRouteComponent(() => import('../screens/streams/list.tsx'), 'StreamsScreen'),
  }),
  coverage: createRoute({
    getParentRoute: () => streams,
    path: '/streams/coverage',
    component: lazyRouteComponent(() => import('../screens/streams/coverage.tsx'), 'CoverageScreen'),
  }),
  concentration: createRoute({
    getParentRoute: () => streams,
    path: '/streams/concentration',
    component: lazyRouteComponent(
      () => import('../screens/streams/concentration.tsx'),
      'ConcentrationScreen',
    ),
  }),
  worth: createRoute({
    getParentRoute: () => streams,
    path: '/streams/purchasing-power',
    component: lazyRouteComponent(
      () => import('../screens/streams/purchasing-power.tsx'),
      'PurchasingPowerScreen',
    ),
  }),
  livingCosts: createRoute({
    getParentRoute: () => streams,
    path: '/streams/living-costs',
    component: lazyRouteComponent(() => import('../screens/streams/living-costs.tsx'), 'LivingCostsScreen'),
  }),
}
const streamImport = createRoute({
  getParentRoute: () => inside,
  path: '/streams/imports/$importId',
  component: lazyRouteComponent(() => import('../screens/streams/imports/import.tsx'), 'ImportScreen'),
})

/** What earns, what life costs, and files of other platforms. */
export const streamRoutes = [
  stream,
  streams.addChildren(Object.values(streamsParts) satisfies AnyRoute[]),
  streamImport,
] as const
