import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Send } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { messagesQuery, resendMessage, type ApiMessageSummary } from '../../api/messages.ts'
import { useRight } from '../../api/session.ts'
import { sortIn } from '../../search.ts'
import { useText } from '../../text/person.tsx'
import { BulkBar } from '../../ui/bulk.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Card, PageHead } from '../../ui/page.tsx'
import { Empty, Ghost, Notice, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { More, Table, type Column, type Selection, type Sorting } from '../../ui/table.tsx'
import { Views } from '../../ui/views.tsx'
import { MessageBadge } from './message-badge.tsx'

const sorts = ['-made', 'made'] as const
const states = ['all', 'sent', 'queued', 'no-server', 'failed', 'unknown'] as const

/** All e-mails that went out or wait to. */
export function MessagesScreen(): ReactNode {
  const t = useText()
  const { state: wanted, sort: wantedSort } = useSearch({ from: '/inside/messages' })
  const navigate = useNavigate({ from: '/messages' })
  const state = states.find((known) => known === wanted) ?? 'all'
  const status = state === 'all' ? undefined : state
  const sort = sortIn(sorts, wantedSort)
  const search = (change: { state?: string; sort?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const found = useInfiniteQuery(messagesQuery({ status, sort }))
  const messages = found.data?.pages.flatMap(({ items }) => items) ?? []
  const waiting = messages.some(({ status }) => status === 'no-server')
  return (
    <>
      <PageHead
        title={t('nav.messages')}
        lead={t('messages.lead')}
        actions={
          messages.length > 0 && (
            <FileButton path="/exports/messages" name={`${t('nav.messages')}.csv`} query={{ status, sort }}>
              {t('list.export')}
            </FileButton>
          )
        }
      />
      <Views
        screen="messages"
        search={{ state: wanted, sort: wantedSort }}
        onOpen={(view) => void navigate({ search: view, replace: true })}
      />
      {waiting && (
        <Notice tone="warm" title={t('messages.no-server')}>
          {t('messages.no-server-detail')}
        </Notice>
      )}
      <Segments
        label={t('messages.state-filter')}
        choices={states.map((id) => ({ id, label: t(`messages.state.${id}`) }))}
        value={state}
        onChange={(id) => search({ state: id === 'all' ? '' : id })}
      />
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {found.isPending ? (
        <Ghost lines={6} />
      ) : messages.length > 0 ? (
        <Card flush>
          <ChosenMessages
            messages={messages}
            sorting={{ value: sort, onChange: (id) => search({ sort: id === sorts[0] ? '' : id }) }}
          />
          <More
            hasMore={found.hasNextPage}
            isPending={found.isFetchingNextPage}
            onMore={() => void found.fetchNextPage()}
          />
        </Card>
      ) : (
        found.error === null && (
          <Empty title={t(state === 'all' ? 'messages.empty' : 'messages.none-found')}>
            {t('messages.empty-detail')}
          </Empty>
        )
      )}
    </>
  )
}

/** The table, with those that failed sent again, many at once. */
function ChosenMessages(props: { messages: readonly ApiMessageSummary[]; sorting: Sorting }): ReactNode {
  const { messages } = props
  const t = useText()
  const queries = useQueryClient()
  const mayWrite = useRight('messages:write')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  if (!mayWrite) return <MessageTable {...props} />
  return (
    <>
      <MessageTable
        {...props}
        selection={{ chosen, onChange: setChosen, nameOf: ({ subject }) => subject }}
      />
      <BulkBar
        chosen={messages.filter(({ id }) => chosen.has(id)).map(({ id, subject }) => ({ id, name: subject }))}
        actions={[{ id: 'again', label: t('messages.resend'), icon: Send, one: resendMessage }]}
        onClear={() => setChosen(new Set())}
        onDone={() => void queries.invalidateQueries({ queryKey: ['messages'] })}
      />
    </>
  )
}

function MessageTable(props: {
  messages: readonly ApiMessageSummary[]
  sorting: Sorting
  selection?: Selection<ApiMessageSummary>
}): ReactNode {
  const { messages, sorting, selection } = props
  const t = useText()
  const columns: Column<ApiMessageSummary>[] = [
    {
      id: 'subject',
      title: t('messages.subject'),
      main: true,
      cell: ({ id, subject, to }) => (
        <span className="stack" style={{ gap: 0 }}>
          <Link to="/messages/$messageId" params={{ messageId: id }} className="whole">
            <Said>{subject}</Said>
          </Link>
          <span className="muted small">
            <Said ltr>{to.email}</Said>
          </span>
        </span>
      ),
    },
    { id: 'state', title: t('messages.state.label'), cell: ({ status }) => <MessageBadge status={status} /> },
    {
      id: 'made',
      title: t('messages.made'),
      cell: ({ createdAt }) => <Time at={createdAt} />,
      sort: { by: 'made', up: t('list.oldest'), down: t('list.newest') },
    },
  ]
  return (
    <Table
      label={t('nav.messages')}
      columns={columns}
      rows={messages}
      keyOf={({ id }) => id}
      linked
      compact
      sorting={sorting}
      {...(selection === undefined ? {} : { selection })}
    />
  )
}
