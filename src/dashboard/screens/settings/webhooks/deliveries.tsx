import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { RotateCw } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import {
  deliveriesQuery,
  replayDelivery,
  replayFailed,
  type DeliverySummary,
  type Endpoint,
} from '../../../api/webhooks.ts'
import { sortIn } from '../../../search.ts'
import { usePerson, useText } from '../../../text/person.tsx'
import { BulkBar } from '../../../ui/bulk.tsx'
import { Button } from '../../../ui/button.tsx'
import { Select } from '../../../ui/choice-fields.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Card } from '../../../ui/page.tsx'
import { Segments } from '../../../ui/segments.tsx'
import { Empty, Ghost, ProblemNotice, Time } from '../../../ui/show.tsx'
import { More, Table, type Column, type Sorting } from '../../../ui/table.tsx'
import { Views } from '../../../ui/views.tsx'
import { useNotify } from '../../../ui/toasts.tsx'
import { DeliveryDialog } from './delivery-dialog.tsx'
import { DeliveryBadge, OutcomeText } from './endpoint-badge.tsx'
import { EventName } from './event-name.tsx'

const sorts = ['-made', 'made'] as const
const states = ['all', 'delivered', 'waiting', 'failed'] as const

type Props = { endpoint: Endpoint; mayReplay: boolean }

/** What was sent to an endpoint, the newest first. */
export function DeliveryLog({ endpoint, mayReplay }: Props): ReactNode {
  const t = useText()
  const search = useSearch({ from: '/inside/settings/webhooks/$endpointId' })
  const navigate = useNavigate({ from: '/settings/webhooks/$endpointId' })
  const state = states.find((known) => known === search.state) ?? 'all'
  const sort = sortIn(sorts, search.sort)
  const open = (view: { state?: string; sort?: string }) =>
    void navigate({ search: view, replace: true, resetScroll: false })
  const [replaying, setReplaying] = useState(false)
  const found = useInfiniteQuery(
    deliveriesQuery({ endpointId: endpoint.id, state: state === 'all' ? undefined : state, sort }),
  )
  const deliveries = found.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      <div className="row between">
        <h2>{t('settings.webhooks.log')}</h2>
        {mayReplay && (
          <Button icon={RotateCw} onPress={() => setReplaying(true)}>
            {t('settings.webhooks.replay-failed')}
          </Button>
        )}
      </div>
      <Views screen="webhook-deliveries" search={search} onOpen={open} />
      <Segments
        label={t('settings.webhooks.filter')}
        choices={states.map((id) => ({ id, label: t(`settings.webhooks.filters.${id}`) }))}
        value={state}
        onChange={(id) => open({ ...search, state: id === 'all' ? '' : id })}
      />
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {found.isPending ? (
        <Ghost lines={5} />
      ) : deliveries.length === 0 ? (
        <Empty title={t('settings.webhooks.log-empty')}>{t('settings.webhooks.log-empty-detail')}</Empty>
      ) : (
        <Card flush>
          <DeliveryTable
            deliveries={deliveries}
            mayReplay={mayReplay}
            sorting={{ value: sort, onChange: (id) => open({ ...search, sort: id === sorts[0] ? '' : id }) }}
          />
          <More
            hasMore={found.hasNextPage}
            isPending={found.isFetchingNextPage}
            onMore={() => void found.fetchNextPage()}
          />
        </Card>
      )}
      {replaying && <ReplayDialog endpoint={endpoint} onClose={() => setReplaying(false)} />}
    </>
  )
}

function DeliveryTable(props: {
  deliveries: readonly DeliverySummary[]
  mayReplay: boolean
  sorting: Sorting
}): ReactNode {
  const { deliveries, mayReplay, sorting } = props
  const { t, number } = usePerson()
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [shown, setShown] = useState<string | undefined>(undefined)
  const columns: Column<DeliverySummary>[] = [
    {
      id: 'type',
      title: t('settings.webhooks.event'),
      main: true,
      cell: ({ id, type }) => (
        <Button look="quiet" small onPress={() => setShown(id)}>
          <EventName type={type} />
        </Button>
      ),
    },
    {
      id: 'state',
      title: t('settings.webhooks.state.label'),
      cell: (delivery) => <DeliveryBadge delivery={delivery} />,
    },
    {
      id: 'outcome',
      title: t('settings.webhooks.outcome'),
      cell: ({ lastStatus, lastFault }) => <OutcomeText status={lastStatus} fault={lastFault} />,
    },
    {
      id: 'attempts',
      title: t('settings.webhooks.attempts'),
      figure: true,
      cell: ({ attemptCount }) => number(attemptCount),
    },
    {
      id: 'at',
      title: t('settings.webhooks.when'),
      cell: ({ createdAt }) => <Time at={createdAt} />,
      sort: { by: 'made', up: t('list.oldest'), down: t('list.newest') },
    },
  ]
  return (
    <>
      <Table
        label={t('settings.webhooks.log')}
        columns={columns}
        rows={deliveries}
        keyOf={({ id }) => id}
        sorting={sorting}
        {...(mayReplay && {
          selection: { chosen, onChange: setChosen, nameOf: ({ type }: DeliverySummary) => type },
        })}
      />
      <BulkBar
        chosen={deliveries.filter(({ id }) => chosen.has(id)).map(({ id, type }) => ({ id, name: type }))}
        actions={[{ id: 'again', label: t('settings.webhooks.replay'), icon: RotateCw, one: replayDelivery }]}
        onClear={() => setChosen(new Set())}
        onDone={() => void queries.invalidateQueries({ queryKey: ['webhook-deliveries'] })}
      />
      {shown !== undefined && (
        <DeliveryDialog id={shown} mayReplay={mayReplay} onClose={() => setShown(undefined)} />
      )}
    </>
  )
}

const spans = ['1', '24', '168', '720'] as const
const hourMs = 3_600_000

function ReplayDialog({ endpoint, onClose }: { endpoint: Endpoint; onClose: () => void }): ReactNode {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const [span, setSpan] = useState<(typeof spans)[number]>('24')
  const replay = useMutation({
    mutationFn: () => replayFailed(endpoint.id, new Date(Date.now() - Number(span) * hourMs).toISOString()),
    onSuccess: ({ count }) => {
      notify(t('settings.webhooks.replayed', { count }))
      onClose()
      return queries.invalidateQueries({ queryKey: ['webhook-deliveries'] })
    },
  })
  return (
    <Dialog title={t('settings.webhooks.replay-failed')} isOpen onClose={onClose}>
      <p>{t('settings.webhooks.replay-detail')}</p>
      <Select
        label={t('settings.webhooks.since')}
        choices={spans.map((id) => ({ id, label: t(`settings.webhooks.spans.${id}`) }))}
        value={span}
        onChange={setSpan}
      />
      <ProblemNotice error={replay.error} />
      <div className="actions">
        <Button onPress={onClose}>{t('common.action.cancel')}</Button>
        <Button look="primary" isPending={replay.isPending} onPress={() => replay.mutate()}>
          {t('settings.webhooks.replay')}
        </Button>
      </div>
    </Dialog>
  )
}
