import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import 'virtual:look.css'
import './styles/base.css'
import './styles/shell.css'
import './styles/controls.css'
import './styles/data.css'
import './styles/overlays.css'
import { isProblem } from './api/client.ts'
import { sessionQuery } from './api/workspaces.ts'
import { createScreens, openFirst } from './routes.ts'
import { loadTexts } from './text/messages.ts'
import { applyPreferences, PersonProvider } from './text/person.tsx'
import { readPreferences } from './text/preferences.ts'
import { ToastProvider } from './ui/toasts.tsx'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // The server explained itself: asking again will not change its mind. A lost connection may come back.
      retry: (failures, error) => !isProblem(error) && failures < 2,
    },
  },
  queryCache: new QueryCache({
    onError: (error, query) => {
      // The session ended while a screen was open: its guard then leads to the sign-in page and back. The guard's own
      // question answers itself; asking it again here would never end.
      const asksWho = query.queryKey[0] === sessionQuery.queryKey[0]
      if (isProblem(error) && error.problem.status === 401 && !asksWho) {
        queries.removeQueries({ queryKey: sessionQuery.queryKey })
        void screens.invalidate()
      }
    },
  }),
})
const screens = createScreens(queries)

const preferences = readPreferences()
applyPreferences(preferences)
await Promise.all([loadTexts(preferences.locale), openFirst(screens)])

const place = document.getElementById('app')
if (place === null) throw new Error('assertion failed: index.html has no #app')
createRoot(place).render(
  <StrictMode>
    <PersonProvider initial={preferences}>
      <QueryClientProvider client={queries}>
        <ToastProvider>
          <RouterProvider router={screens} />
        </ToastProvider>
      </QueryClientProvider>
    </PersonProvider>
  </StrictMode>,
)
