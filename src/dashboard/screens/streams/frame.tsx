import { Link, Outlet } from '@tanstack/react-router'
import { Suspense, type ReactNode } from 'react'
import type { TextKey } from '../../text/messages.ts'
import { useText } from '../../text/person.tsx'
import { PageHead, type Way } from '../../ui/page.tsx'
import { Ghost } from '../../ui/show.tsx'
import { useShownTab } from '../../ui/use-shown-tab.ts'

const parts: readonly { to: Way; text: TextKey; exact?: boolean }[] = [
  { to: '/streams', text: 'streams.tab.streams', exact: true },
  { to: '/streams/imports', text: 'streams.tab.imports' },
  { to: '/streams/coverage', text: 'streams.tab.coverage' },
  { to: '/streams/concentration', text: 'streams.tab.concentration' },
  { to: '/streams/purchasing-power', text: 'streams.tab.worth' },
]

/** What earns, what it covers, and on how much it rests. */
export function StreamsFrame(): ReactNode {
  const t = useText()
  const row = useShownTab()
  return (
    <>
      <PageHead title={t('nav.streams')} lead={t('streams.lead')} />
      <nav className="tabs no-print" ref={row} aria-label={t('streams.parts')}>
        {parts.map(({ to, text, exact }) => (
          <Link key={text} to={to} activeOptions={{ exact: exact === true, includeSearch: false }}>
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
