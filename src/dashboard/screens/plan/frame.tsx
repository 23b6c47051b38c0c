import { Link, Outlet } from '@tanstack/react-router'
import { Suspense, type ReactNode } from 'react'
import type { TextKey } from '../../text/messages.ts'
import { useText } from '../../text/person.tsx'
import { PageHead, type Way } from '../../ui/page.tsx'
import { Ghost } from '../../ui/show.tsx'
import { useShownTab } from '../../ui/use-shown-tab.ts'
import '../../styles/plan.css'

const parts: readonly { to: Way; text: TextKey; exact?: boolean }[] = [
  { to: '/plan/assessment', text: 'plan.tab.assessment' },
  { to: '/plan/advice', text: 'plan.tab.advice' },
  { to: '/plan/focus', text: 'plan.tab.focus' },
  { to: '/plan', text: 'plan.tab.plans', exact: true },
]

/** What to begin with, what may come of it, and how to stay with it. */
export function PlanFrame(): ReactNode {
  const t = useText()
  const row = useShownTab()
  return (
    <>
      <PageHead title={t('nav.plan')} lead={t('plan.lead')} />
      <nav className="tabs no-print" ref={row} aria-label={t('plan.parts')}>
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
