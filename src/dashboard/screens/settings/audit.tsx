import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useRight } from '../../api/session.ts'
import { auditQuery, membersQuery, type AuditEvent } from '../../api/workspaces.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Card } from '../../ui/page.tsx'
import { Empty, Ghost, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { More, Table, type Column } from '../../ui/table.tsx'

const kinds = ['all', 'store', 'product', 'order', 'token'] as const

/** Who did what, the newest first. */
export function AuditSettings(): ReactNode {
  const t = useText()
  const [kind, setKind] = useState<(typeof kinds)[number]>('all')
  const found = useInfiniteQuery(auditQuery({ subjectKind: kind === 'all' ? undefined : kind }))
  const events = found.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      <p className="muted prose">{t('settings.audit.lead')}</p>
      <Segments
        label={t('settings.audit.filter')}
        choices={kinds.map((id) => ({ id, label: t(`settings.audit.kinds.${id}`) }))}
        value={kind}
        onChange={setKind}
      />
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {found.isPending ? (
        <Ghost lines={6} />
      ) : events.length === 0 ? (
        <Empty title={t('settings.audit.empty')} />
      ) : (
        <Card flush>
          <AuditTable events={events} />
          <More
            hasMore={found.hasNextPage}
            isPending={found.isFetchingNextPage}
            onMore={() => void found.fetchNextPage()}
          />
        </Card>
      )}
    </>
  )
}

function AuditTable({ events }: { events: readonly AuditEvent[] }): ReactNode {
  const t = useText()
  const mayReadMembers = useRight('members:read')
  const members = useQuery({ ...membersQuery, enabled: mayReadMembers }).data?.items ?? []
  const [shown, setShown] = useState<AuditEvent | undefined>(undefined)
  const columns: Column<AuditEvent>[] = [
    { id: 'at', title: t('settings.audit.when'), cell: ({ at }) => <Time at={at} /> },
    {
      id: 'who',
      title: t('settings.audit.who'),
      cell: ({ actorKind, actorId }) => {
        const member = members.find(({ userId }) => userId === actorId)
        return member === undefined ? t(`settings.audit.actors.${actorKind}`) : <Said>{member.name}</Said>
      },
    },
    {
      id: 'what',
      title: t('settings.audit.what'),
      main: true,
      cell: (event) => (
        <Button look="quiet" small onPress={() => setShown(event)}>
          <bdi dir="ltr" className="code">
            {event.action}
          </bdi>
        </Button>
      ),
    },
    { id: 'ip', title: t('settings.audit.from'), cell: ({ ip }) => ip !== null && <Said ltr>{ip}</Said> },
  ]
  return (
    <>
      <Table label={t('settings.tab.audit')} columns={columns} rows={events} keyOf={({ id }) => id} />
      <Dialog
        title={<bdi dir="ltr">{shown?.action ?? ''}</bdi>}
        isOpen={shown !== undefined}
        onClose={() => setShown(undefined)}
        dismissable
        wide
      >
        {shown !== undefined && <AuditDetail event={shown} />}
      </Dialog>
    </>
  )
}

function AuditDetail({ event }: { event: AuditEvent }): ReactNode {
  const t = useText()
  return (
    <>
      <dl className="facts">
        <dt>{t('settings.audit.when')}</dt>
        <dd>
          <Time at={event.at} exact />
        </dd>
        <dt>{t('settings.audit.subject')}</dt>
        <dd>
          <bdi dir="ltr" className="code">
            {event.subjectKind} {event.subjectId}
          </bdi>
        </dd>
        <dt>{t('settings.audit.request')}</dt>
        <dd>
          <bdi dir="ltr" className="code">
            {event.requestId}
          </bdi>
        </dd>
      </dl>
      {(['before', 'after'] as const).map(
        (side) =>
          event[side] !== null &&
          event[side] !== undefined && (
            <div key={side} className="stack tight">
              <h3>{t(`settings.audit.${side}`)}</h3>
              {/* It may scroll, so the keyboard has to reach it. */}
              {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
              <pre dir="ltr" className="code scroll" tabIndex={0}>
                {JSON.stringify(event[side], null, 2)}
              </pre>
            </div>
          ),
      )}
    </>
  )
}
