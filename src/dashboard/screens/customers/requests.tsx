import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, type ReactNode } from 'react'
import { downloadFile } from '../../api/download.ts'
import { askPrivacy, privacyRequestsQuery, type PrivacyRequest } from '../../api/privacy.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/page.tsx'
import { Badge, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { Table, type Column } from '../../ui/table.tsx'

const tones = { waiting: 'plain', running: 'plain', done: 'good', failed: 'bad' } as const

/** Asks for the export of a customer’s data, by their address. */
export function useAskExport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (email: string) => askPrivacy({ kind: 'export', email }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['privacy-requests'] }),
  })
}

/** Exports and erasures, and how far they are; nothing where nobody has asked for any. */
export function PrivacyRequests(): ReactNode {
  const t = useText()
  const found = useQuery(privacyRequestsQuery)
  const download = useMutation({
    mutationFn: (id: string) =>
      downloadFile(`/privacy/requests/${id}/archive`, `personal-data-${id.slice(-6)}.zip`),
  })
  useListAnewAfterErasure(found.data?.items ?? [])
  const columns: Column<PrivacyRequest>[] = [
    {
      id: 'what',
      title: t('customers.request'),
      main: true,
      cell: ({ kind, email }) => (
        <span className="stack" style={{ gap: 0 }}>
          {t(`customers.kinds.${kind}`)}
          <span className="muted small">
            {email === null ? t('customers.nobody-any-more') : <Said ltr>{email}</Said>}
          </span>
        </span>
      ),
    },
    {
      id: 'state',
      title: t('customers.state.label'),
      cell: ({ status, progress }) =>
        status === 'running' && progress.parts > 0 ? (
          <progress max={progress.parts} value={progress.done} aria-label={t('customers.state.running')} />
        ) : (
          <Badge tone={tones[status]}>{t(`customers.state.${status}`)}</Badge>
        ),
    },
    { id: 'when', title: t('customers.asked'), cell: ({ createdAt }) => <Time at={createdAt} /> },
    {
      id: 'fetch',
      title: t('customers.archive'),
      cell: ({ id, kind, status, expiresAt }) =>
        kind === 'export' &&
        status === 'done' &&
        expiresAt !== null && (
          <Button
            small
            isPending={download.isPending && download.variables === id}
            onPress={() => download.mutate(id)}
          >
            {t('customers.fetch')}
          </Button>
        ),
    },
  ]
  const items = found.data?.items ?? []
  if (items.length === 0) return <ProblemNotice error={found.error} />
  return (
    <>
      <ProblemNotice error={found.error ?? download.error} />
      <Card flush>
        <Table
          label={t('customers.requests')}
          columns={columns}
          rows={items.slice(0, 5)}
          keyOf={({ id }) => id}
          compact
        />
      </Card>
    </>
  )
}

/** Whom nobody knows any more goes from the list, as soon as that is done. */
function useListAnewAfterErasure(items: readonly PrivacyRequest[]): void {
  const client = useQueryClient()
  const erased = items.filter(({ kind, status }) => kind === 'erasure' && status === 'done').length
  const before = useRef(erased)
  useEffect(() => {
    if (erased === before.current) return
    before.current = erased
    void client.invalidateQueries({ queryKey: ['customers'] })
  }, [erased, client])
}
