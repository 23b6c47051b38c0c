import { useQueryClient, type UseMutationResult } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { isRefusedAs } from '../../../api/errors-of.ts'
import { planQuery, updatePlan, type Plan, type PlanInput } from '../../../api/plans.ts'
import { useText } from '../../../text/person.tsx'
import { useNotify } from '../../../ui/toasts.tsx'
import { changedParts, type Draft } from '../../../ui/use-draft.ts'
import { useSaving } from '../../../ui/use-saving.ts'

/** Somebody saved the plan between the reading and this save. */
export function isChangedMeanwhile(error: unknown): boolean {
  return isRefusedAs(error, 'conflict')
}

/**
 * Saves a plan if nothing waits for a decision. One that somebody else saved meanwhile is read again: fields that they did not
 * touch are saved over theirs at once, the others are put side by side.
 */
export function useSavingPlan(
  plan: Plan,
  draft: Draft<PlanInput>,
): {
  saving: UseMutationResult<Plan, Error, void> & { isWaiting: boolean }
  submit: (event: FormEvent) => void
} {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const { queryKey } = planQuery(plan.id)
  const saving = useSaving<Plan, void>({
    save: async () => {
      try {
        return await updatePlan(plan, draft.value)
      } catch (error) {
        if (!isChangedMeanwhile(error)) throw error
        const fresh = await queries.fetchQuery({ ...planQuery(plan.id), staleTime: 0 })
        if (draft.conflictsWith(fresh.input).length > 0) throw error
        return updatePlan(fresh, { ...fresh.input, ...changedParts(draft.value, plan.input) })
      }
    },
    onSaved: (after) => {
      queries.setQueryData(queryKey, after)
      draft.reset()
      notify(t('common.state.saved'))
      return queries.invalidateQueries({ queryKey: ['plans', 'list'] })
    },
    // What somebody else wrote is to be seen.
    onRefused: () => queries.invalidateQueries({ queryKey }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (draft.conflicts.length === 0) saving.mutate()
  }
  return { saving, submit }
}
