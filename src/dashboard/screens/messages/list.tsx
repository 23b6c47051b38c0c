import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { messagesQuery, type ApiMessageSummary } from '../../api/messages.ts'
import { useText } from '../../text/person.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Card, PageHead } from '../../ui/page.tsx'
import { Empty, Ghost, Notice, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { More, Table, type Column } from '../../ui/table.tsx'
import { MessageBadge } from './message-badge.tsx'

const states = ['all', 'sent', 'queued', 'no-server', 'failed', 'unknown'] as const

/** All e-mails that went out or wait to. */
export function MessagesScreen(): ReactNode {
  const t = useText()
  const { state: wanted } = useSearch({ from: '/inside/messages' })
  const navigate = useNavigate({ from: '/messages' })
  const state = states.find((known) => known === wanted) ?? 'all'
  const found = useInfiniteQuery(messagesQuery({ status: state === 'all' ? undefined : state }))
  const messages = found.data?.pages.flatMap(({ items }) => items) ?? []
  const waiting = messages.some(({ status }) => status === 'no-server')
  return (
    <>
      <PageHead title={t('nav.messages')} lead={t('messages.lead')} />
      {waiting && (
        <Notice tone="warm" title={t('messages.no-server')}>
          {t('messages.no-server-detail')}
        </Notice>
      )}
      <Segments
        label={t('messages.state-filter')}
        choices={states.map((id) => ({ id, label: t(`messages.state.${id}`) }))}
        value={state}
        onChange={(id) => void navigate({ search: id === 'all' ? {} : { state: id }, replace: true })}
      />
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {found.isPending ? (
        <Ghost lines={6} />
      ) : messages.length > 0 ? (
        <Card flush>
          <MessageTable messages={messages} />
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

function MessageTable({ messages }: { messages: readonly ApiMessageSummary[] }): ReactNode {
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
    { id: 'made', title: t('messages.made'), cell: ({ createdAt }) => <Time at={createdAt} /> },
  ]
  return (
    <Table
      label={t('nav.messages')}
      columns={columns}
      rows={messages}
      keyOf={({ id }) => id}
      linked
      compact
    />
  )
}
