import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Dices, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { createProjection, planQuery, projectionsQuery, removePlan, type Plan } from '../../../api/plans.ts'
import { useRight } from '../../../api/session.ts'
import '../../../styles/plan.css'
import { usePerson } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/dialog.tsx'
import { Card, PageHead } from '../../../ui/page.tsx'
import { ProblemNotice, Time } from '../../../ui/show.tsx'
import { KeptNotice, SaveBar } from '../../../ui/unsaved.tsx'
import { useDraft } from '../../../ui/use-draft.ts'
import { Basics } from './basics.tsx'
import { PlanConflicts } from './plan-conflicts.tsx'
import { Streams } from './streams.tsx'
import { isChangedMeanwhile, useSavingPlan } from './use-saving-plan.ts'
import { WhatIf } from './what-if.tsx'

/** A plan: what goes into it, and what may come of it while it is changed. */
export function PlanScreen(): ReactNode {
  const { planId } = useParams({ from: '/inside/plan/plans/$planId' })
  const { data: plan } = useSuspenseQuery(planQuery(planId))
  // Another plan is another form: nothing typed for one may end up in the other.
  return <Editor key={planId} plan={plan} />
}

function Editor({ plan }: { plan: Plan }): ReactNode {
  const { t } = usePerson()
  const draft = useDraft(plan.input, `plan.${plan.id}`)
  const mayWrite = useRight('planner:write')
  const { saving, submit } = useSavingPlan(plan, draft)
  const isUndecided = draft.conflicts.length > 0 || isChangedMeanwhile(saving.error)
  return (
    <>
      <PageHead
        title={<bdi>{plan.input.name}</bdi>}
        name={plan.input.name}
        back={{ to: '/plan', label: t('plan.tab.plans') }}
        actions={mayWrite && <Moves planId={plan.id} dirty={draft.dirty} />}
      />
      <div className="planning">
        <form className="stack loose" onSubmit={submit}>
          <KeptNotice at={draft.keptAt} onDiscard={draft.reset} />
          <PlanConflicts draft={draft} saved={plan.input} />
          <Basics draft={draft} error={saving.error} />
          <Streams draft={draft} error={saving.error} />
          {!isUndecided && <ProblemNotice error={saving.error} />}
          {mayWrite && (
            <SaveBar
              dirty={draft.dirty}
              isPending={saving.isPending}
              isWaiting={saving.isWaiting}
              onReset={draft.reset}
            />
          )}
        </form>
        <div className="stack loose aside">
          <WhatIf draft={draft} />
          <Kept planId={plan.id} />
        </div>
      </div>
    </>
  )
}

/** Reckons the plan with all its paths and keeps it; removes the plan. */
function Moves({ planId, dirty }: { planId: string; dirty: boolean }): ReactNode {
  const { t } = usePerson()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [removing, setRemoving] = useState(false)
  const reckon = useMutation({
    mutationFn: () => createProjection(planId),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['projections', 'of', planId] })
      await navigate({ to: '/plan/projections/$projectionId', params: { projectionId: id } })
    },
  })
  const remove = useMutation({
    mutationFn: () => removePlan(planId),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['plans', 'list'] })
      await navigate({ to: '/plan' })
    },
  })
  return (
    <>
      <Button icon={Trash2} look="quiet" label={t('plan.remove')} onPress={() => setRemoving(true)} />
      <Button
        icon={Dices}
        look="primary"
        isPending={reckon.isPending}
        isDisabled={dirty}
        onPress={() => reckon.mutate()}
      >
        {t('plan.reckon')}
      </Button>
      {reckon.error !== null && <ProblemNotice error={reckon.error} />}
      <Confirm
        title={t('plan.remove-title')}
        action={t('plan.remove')}
        isOpen={removing}
        isPending={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setRemoving(false)}
      >
        <p>{t('plan.remove-detail')}</p>
      </Confirm>
    </>
  )
}

/** What was reckoned before. */
function Kept({ planId }: { planId: string }): ReactNode {
  const { t, number } = usePerson()
  const { items } = useSuspenseQuery(projectionsQuery(planId)).data
  if (items.length === 0) return null
  return (
    <Card title={t('plan.kept')}>
      <ul className="stack tight">
        {items.map(({ id, createdAt, paths }) => (
          <li key={id} className="row between">
            <Link to="/plan/projections/$projectionId" params={{ projectionId: id }} className="whole">
              <Time at={createdAt} exact />
            </Link>
            <span className="muted small">{t('plan.paths', { count: number(paths) })}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
