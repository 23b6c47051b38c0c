import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { planAdvised, type Advised } from '../../../api/assessment.ts'
import { storeQuery } from '../../../api/catalog.ts'
import { isProblem } from '../../../api/client.ts'
import { createProjection } from '../../../api/plans.ts'
import { useText } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { ProblemNotice } from '../../../ui/show.tsx'
import { useNotify } from '../../../ui/toasts.tsx'

/**
 * Makes a plan of a stream of the advice from the answers, and opens what may come of it; where nobody has reliable data, the
 * plan, in which the range is to be set first.
 */
export function ProjectButton({ advised: { stream } }: { advised: Advised }): ReactNode {
  const t = useText()
  const notify = useNotify()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const currency = useSuspenseQuery(storeQuery).data.currencies[0] ?? 'USD'
  const making = useMutation({
    mutationFn: async () => {
      const { id } = await planAdvised({ stream, currency })
      await queries.invalidateQueries({ queryKey: ['plans', 'list'] })
      try {
        return { planId: id, projectionId: (await createProjection(id)).id }
      } catch (error) {
        if (isProblem(error) && error.problem.type.endsWith('#plan-not-ready')) return { planId: id }
        throw error
      }
    },
    onSuccess: async ({ planId, projectionId }) => {
      if (projectionId !== undefined)
        return navigate({ to: '/plan/projections/$projectionId', params: { projectionId } })
      notify(t('advice.to-be-set'))
      return navigate({ to: '/plan/plans/$planId', params: { planId } })
    },
  })
  return (
    <>
      <Button isPending={making.isPending} onPress={() => making.mutate()}>
        {t('advice.project')}
      </Button>
      <span className="hint">{t('advice.project-hint')}</span>
      <ProblemNotice error={making.error} />
    </>
  )
}
