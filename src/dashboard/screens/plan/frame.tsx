import type { ReactNode } from 'react'
import { useText } from '../../text/person.tsx'
import { PageHead } from '../../ui/page.tsx'
import { Parts, usePartName, type Part } from '../../ui/parts.tsx'
import '../../styles/plan.css'

const parts: readonly Part[] = [
  { to: '/plan/assessment', text: 'plan.tab.assessment' },
  { to: '/plan/advice', text: 'plan.tab.advice' },
  { to: '/plan/focus', text: 'plan.tab.focus' },
  { to: '/plan', text: 'plan.tab.plans', exact: true },
]

/** What to begin with, what may come of it, and how to stay with it. */
export function PlanFrame(): ReactNode {
  const t = useText()
  return (
    <>
      <PageHead title={t('nav.plan')} name={usePartName(parts, t('nav.plan'))} lead={t('plan.lead')} />
      <Parts label={t('plan.parts')} parts={parts} />
    </>
  )
}
