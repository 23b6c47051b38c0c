import { createRoute, lazyRouteComponent, type AnyRoute } from '@tanstack/react-router'
import { textOf } from '../search.ts'
import { inside } from './frames.ts'

const plan = createRoute({
  getParentRoute: () => inside,
  id: 'plan-frame',
  component: lazyRouteComponent(() => import('../screens/plan/frame.tsx'), 'PlanFrame'),
})
const onePlan = createRoute({
  getParentRoute: () => inside,
  path: '/plan/plans/$planId',
  component: lazyRouteComponent(() => import('../screens/plan/projection/plan.tsx'), 'PlanScreen'),
})
const planProjection = createRoute({
  getParentRoute: () => inside,
  path: '/plan/projections/$projectionId',
  component: lazyRouteComponent(
    () => import('../screens/plan/projection/projection.tsx'),
    'ProjectionScreen',
  ),
})
const planParts = {
  plans: createRoute({
    getParentRoute: () => plan,
    path: '/plan',
    component: lazyRouteComponent(() => import('../screens/plan/list.tsx'), 'PlansScreen'),
  }),
  assessment: createRoute({
    getParentRoute: () => plan,
    path: '/plan/assessment',
    validateSearch: (search): { q?: string } => textOf('q', search),
    component: lazyRouteComponent(
      () => import('../screens/plan/assessment/conversation.tsx'),
      'AssessmentScreen',
    ),
  }),
  advice: createRoute({
    getParentRoute: () => plan,
    path: '/plan/advice',
    component: lazyRouteComponent(() => import('../screens/plan/assessment/advice.tsx'), 'AdviceScreen'),
  }),
  weights: createRoute({
    getParentRoute: () => plan,
    path: '/plan/weights',
    component: lazyRouteComponent(() => import('../screens/plan/assessment/weights.tsx'), 'WeightsScreen'),
  }),
  focus: createRoute({
    getParentRoute: () => plan,
    path: '/plan/focus',
    component: lazyRouteComponent(() => import('../screens/plan/focus/focus.tsx'), 'FocusScreen'),
  }),
}

/** What to begin, what may come of it, and the one that it is. */
export const planRoutes = [
  plan.addChildren(Object.values(planParts) satisfies AnyRoute[]),
  onePlan,
  planProjection,
] as const
