import {
  useMutation,
  useQueryClient,
  useSuspenseInfiniteQuery,
  useSuspenseQuery,
} from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { storeQuery } from '../../api/catalog.ts'
import { createPlan, plansQuery, type Plan } from '../../api/plans.ts'
import { useRight } from '../../api/session.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/page.tsx'
import { Empty, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { More, Table, type Column } from '../../ui/table.tsx'
import { emptyPlan } from './projection/plan-draft.ts'

/** The plans of the workspace. */
export function PlansScreen(): ReactNode {
  const { t } = usePerson()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(plansQuery)
  const plans = data.pages.flatMap(({ items }) => items)
  const add = useRight('planner:write') && <NewPlan />
  if (plans.length === 0)
    return (
      <Empty title={t('plan.list.empty')} action={add}>
        {t('plan.list.empty-lead')}
      </Empty>
    )
  return (
    <Card title={t('plan.list.title')} actions={add} flush>
      <PlanTable plans={plans} />
      <More hasMore={hasNextPage} isPending={isFetchingNextPage} onMore={() => void fetchNextPage()} />
    </Card>
  )
}

function PlanTable({ plans }: { plans: readonly Plan[] }): ReactNode {
  const { t } = usePerson()
  const columns: Column<Plan>[] = [
    {
      id: 'name',
      title: t('plan.field.name'),
      main: true,
      cell: ({ id, input }) => (
        <Link to="/plan/plans/$planId" params={{ planId: id }} className="whole">
          <Said>{input.name}</Said>
        </Link>
      ),
    },
    {
      id: 'streams',
      title: t('plan.list.streams'),
      cell: ({ input }) => t('plan.list.stream-count', { count: input.streams.length }),
    },
    {
      id: 'months',
      title: t('plan.field.months'),
      cell: ({ input }) => t('plan.list.month-count', { count: input.months }),
    },
    { id: 'updated', title: t('plan.list.updated'), cell: ({ updatedAt }) => <Time at={updatedAt} /> },
  ]
  return <Table label={t('plan.list.title')} columns={columns} rows={plans} keyOf={({ id }) => id} linked />
}

function NewPlan(): ReactNode {
  const { t } = usePerson()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { data: store } = useSuspenseQuery(storeQuery)
  const make = useMutation({
    mutationFn: () =>
      createPlan(emptyPlan(t('plan.list.new-name'), store.currencies[0] ?? 'USD', new Date())),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['plans', 'list'] })
      await navigate({ to: '/plan/plans/$planId', params: { planId: id } })
    },
  })
  return (
    <>
      <Button look="primary" icon={Plus} isPending={make.isPending} onPress={() => make.mutate()}>
        {t('plan.list.new')}
      </Button>
      {make.error !== null && <ProblemNotice error={make.error} />}
    </>
  )
}
