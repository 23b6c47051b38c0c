import type { ReactNode } from 'react'
import { useText } from '../../text/person.tsx'
import { Empty } from '../../ui/show.tsx'

/** The plans of the workspace. */
export function PlansScreen(): ReactNode {
  const t = useText()
  return <Empty title={t('plan.list.empty')}>{t('plan.list.empty-lead')}</Empty>
}
