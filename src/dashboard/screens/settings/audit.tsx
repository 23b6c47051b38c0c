import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { auditQuery, type AuditEvent } from '../../api/workspaces.ts'
import { sortIn, textOf } from '../../search.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Card } from '../../ui/page.tsx'
import { Empty, Ghost, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { More, Table, type Column, type Sorting } from '../../ui/table.tsx'
import { Views } from '../../ui/views.tsx'
import { knownAction } from './audit-actions.ts'
import { AuditFilters, filterOf, searchOf, wantedOf } from './audit-filters.tsx'
import { AuditMoves } from './audit-moves.tsx'

const sorts = ['-at', 'at'] as const

/** Who did what, the newest first unless told. */
export function AuditSettings(): ReactNode {
  const t = useText()
  const search = useSearch({ from: '/inside/settings/audit' })
  const navigate = useNavigate({ from: '/settings/audit' })
  const wanted = wantedOf(search)
  const sort = sortIn(sorts, search.sort)
  const found = useInfiniteQuery(auditQuery({ ...filterOf(wanted), sort }))
  const open = (after: typeof search) => void navigate({ search: after, replace: true, resetScroll: false })
  const events = found.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <div className="stack">
      <p className="muted prose">{t('settings.audit.lead')}</p>
      <AuditMoves />
      <Views screen="audit" search={search} onOpen={open} />
      <AuditFilters
        wanted={wanted}
        onChange={(after) => open({ ...searchOf(after), ...textOf('sort', search) })}
      />
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {found.isPending ? (
        <Ghost lines={6} />
      ) : events.length === 0 ? (
        <Empty title={t('settings.audit.empty')} />
      ) : (
        <Card flush>
          <AuditTable
            events={events}
            sorting={{
              value: sort,
              onChange: (id) => open({ ...search, sort: id === sorts[0] ? '' : id }),
            }}
          />
          <More
            hasMore={found.hasNextPage}
            isPending={found.isFetchingNextPage}
            onMore={() => void found.fetchNextPage()}
          />
        </Card>
      )}
    </div>
  )
}

function AuditTable(props: { events: readonly AuditEvent[]; sorting: Sorting }): ReactNode {
  const { events, sorting } = props
  const t = useText()
  const [shown, setShown] = useState<AuditEvent | undefined>(undefined)
  const columns: Column<AuditEvent>[] = [
    {
      id: 'at',
      title: t('settings.audit.when'),
      cell: ({ at }) => <Time at={at} />,
      sort: { by: 'at', up: t('list.oldest'), down: t('list.newest') },
    },
    { id: 'who', title: t('settings.audit.who'), cell: (event) => <Who event={event} /> },
    {
      id: 'what',
      title: t('settings.audit.what'),
      main: true,
      cell: (event) => (
        <Button look="quiet" small onPress={() => setShown(event)}>
          <ActionName action={event.action} />
        </Button>
      ),
    },
    { id: 'ip', title: t('settings.audit.from'), cell: ({ ip }) => ip !== null && <Said ltr>{ip}</Said> },
  ]
  return (
    <>
      <Table
        label={t('settings.tab.audit')}
        columns={columns}
        rows={events}
        keyOf={({ id }) => id}
        sorting={sorting}
      />
      <Dialog
        title={shown === undefined ? '' : <ActionName action={shown.action} />}
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

/** What was done, in the reader's words. */
function ActionName({ action }: { action: string }): ReactNode {
  const t = useText()
  const known = knownAction(action)
  return known === undefined ? (
    <bdi dir="ltr" className="code">
      {action}
    </bdi>
  ) : (
    t(`settings.audit.does.${known}`)
  )
}

function Who({ event }: { event: AuditEvent }): ReactNode {
  const t = useText()
  const { person, tokenName, actorKind } = event
  return (
    <span className="stack" style={{ gap: 0 }}>
      <span>{person === null ? t(`settings.audit.actors.${actorKind}`) : <Said>{person.name}</Said>}</span>
      {tokenName !== null && (
        <span className="muted small">{t('settings.audit.by-token', { token: tokenName })}</span>
      )}
    </span>
  )
}

function AuditDetail({ event }: { event: AuditEvent }): ReactNode {
  const t = useText()
  const facts = [
    { label: t('settings.audit.code'), code: event.action },
    { label: t('settings.audit.subject'), code: `${event.subjectKind} ${event.subjectId}` },
    { label: t('settings.audit.request'), code: event.requestId },
  ]
  return (
    <>
      <dl className="facts">
        <dt>{t('settings.audit.when')}</dt>
        <dd>
          <Time at={event.at} exact />
        </dd>
        <dt>{t('settings.audit.who')}</dt>
        <dd>
          <Who event={event} />
        </dd>
        {facts.map(({ label, code }) => (
          <FactOfCode key={label} label={label} code={code} />
        ))}
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

function FactOfCode({ label, code }: { label: string; code: string }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <bdi dir="ltr" className="code">
          {code}
        </bdi>
      </dd>
    </>
  )
}
