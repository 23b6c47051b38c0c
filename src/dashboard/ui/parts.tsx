import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { Suspense, type ReactNode } from 'react'
import type { TextKey } from '../text/messages.ts'
import { useText } from '../text/person.tsx'
import type { Way } from './page.tsx'
import { Ghost } from './show.tsx'
import { useShownTab } from './use-shown-tab.ts'

/** A part of a place: where it is and what it is called. `exact` for the one whose address the others begin with. */
export type Part = { readonly to: Way; readonly text: TextKey; readonly exact?: boolean }

/** What the browser's tab is called: the part that is open, and the place that it belongs to. */
export function usePartName(parts: readonly Part[], place: string): string {
  const t = useText()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const open = parts.find(({ to, exact }) => (exact === true ? path === to : path.startsWith(to)))
  return [...new Set([...(open === undefined ? [] : [t(open.text)]), place])].join(' · ')
}

/** The parts of a place as a row of tabs, and the one that is open below it. */
export function Parts({ label, parts }: { label: string; parts: readonly Part[] }): ReactNode {
  const t = useText()
  const row = useShownTab()
  return (
    <>
      <nav className="tabs no-print" ref={row} aria-label={label}>
        {parts.map(({ to, text, exact }) => (
          <Link
            key={text}
            to={to}
            activeOptions={{ exact: exact === true, includeSearch: false }}
            activeProps={{ id: 'part' }}
          >
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
