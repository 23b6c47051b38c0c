import { createRoute, lazyRouteComponent, type AnyRoute } from '@tanstack/react-router'
import type { Dimension } from '../api/coverage.ts'
import { streamsSearch } from '../search.ts'
import { inside } from './frames.ts'

const DIMENSIONS = [
  'stream',
  'platform',
  'currency',
  'payer',
  'country',
] as const satisfies readonly Dimension['by'][]

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
    validateSearch: streamsSearch,
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
    validateSearch: (search: { by?: unknown }): { by?: Dimension['by'] } => {
      const by = DIMENSIONS.find((one) => one === search.by)
      return by === undefined ? {} : { by }
    },
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
    validateSearch: ({ month }: { month?: unknown }): { month?: string } =>
      typeof month === 'string' && /^\d{4}-(?:0[1-9]|1[0-2])$/.test(month) ? { month } : {},
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
