import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router'
import { isProblem } from '../api/client.ts'
import { sessionQuery } from '../api/workspaces.ts'
import { MissingScreen, Outside, ScreenFault } from '../screens/frame.tsx'
import { Shell } from '../screens/shell.tsx'
import { areaOfPath } from '../text/areas.ts'
import { loadAreas } from '../text/messages.ts'

/** What stands around every screen. */
export const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outside,
  notFoundComponent: MissingScreen,
  errorComponent: ScreenFault,
})

/** What stands around the screens of those who are signed in; others are led to the sign-in and back. */
export const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    // Beside the screen's own code; whoever shows a text waits for it.
    void loadAreas([areaOfPath(location.pathname)])
    try {
      await context.queries.ensureQueryData(sessionQuery)
    } catch (error) {
      if (!isProblem(error) || error.problem.status !== 401) throw error
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { from: location.href } })
    }
  },
})
