import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { importsQuery, uploadImport, type StreamImport } from '../../../api/imports.ts'
import { useRight } from '../../../api/session.ts'
import { usePerson, useText } from '../../../text/person.tsx'
import { Card } from '../../../ui/page.tsx'
import { Ghost, ProblemNotice, Said, Time } from '../../../ui/show.tsx'
import { Table, type Column } from '../../../ui/table.tsx'
import { DropFiles } from '../../../ui/upload-list.tsx'
import { ImportBadge, SourceName } from './import-badge.tsx'

const accepted = ['.csv', '.tsv', '.txt', 'text/csv', 'text/plain', 'text/tab-separated-values']

/** A place to put payout files and statements, and those that were put there. */
export function ImportsScreen(): ReactNode {
  const t = useText()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const mayWrite = useRight('streams:write')
  const found = useQuery(importsQuery)
  const sending = useMutation({
    mutationFn: async (files: readonly File[]) => {
      const made: StreamImport[] = []
      for (const file of files) made.push(await uploadImport(file))
      return made
    },
    onSuccess: async (made) => {
      const [only] = made
      if (made.length === 1 && only !== undefined)
        await navigate({ to: '/streams/imports/$importId', params: { importId: only.id } })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['stream-imports'] }),
  })
  return (
    <>
      {mayWrite && (
        <DropFiles
          label={t('imports.choose')}
          hint={t('imports.choose-hint')}
          accept={accepted}
          onFiles={(files) => sending.mutate(files)}
        />
      )}
      {sending.isPending && <Ghost lines={2} />}
      <ProblemNotice error={sending.error ?? found.error} />
      <ImportTable imports={found.data?.items ?? []} />
    </>
  )
}

function ImportTable({ imports }: { imports: readonly StreamImport[] }): ReactNode {
  const { t, number } = usePerson()
  if (imports.length === 0) return <p className="muted">{t('imports.none')}</p>
  const columns: Column<StreamImport>[] = [
    {
      id: 'file',
      title: t('imports.file'),
      main: true,
      cell: ({ id, fileName, source }) => (
        <span className="stack" style={{ gap: 0 }}>
          <Link to="/streams/imports/$importId" params={{ importId: id }} className="whole">
            <Said>{fileName}</Said>
          </Link>
          <span className="muted small">
            <SourceName source={source} />
          </span>
        </span>
      ),
    },
    { id: 'state', title: t('imports.state.label'), cell: (one) => <ImportBadge of={one} /> },
    {
      id: 'rows',
      title: t('imports.rows-posted'),
      figure: true,
      cell: ({ state, progress }) => (state === 'posted' ? number(progress.total) : '—'),
    },
    { id: 'when', title: t('imports.added'), cell: ({ createdAt }) => <Time at={createdAt} /> },
  ]
  return (
    <Card title={t('imports.past')} flush>
      <Table label={t('imports.past')} columns={columns} rows={imports} keyOf={({ id }) => id} linked />
    </Card>
  )
}
