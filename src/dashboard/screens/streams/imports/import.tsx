import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import { discardImport, importQuery, isAtWork, type StreamImport } from '../../../api/imports.ts'
import { useRight } from '../../../api/session.ts'
import { usePerson, useText } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { PageHead } from '../../../ui/page.tsx'
import { Ghost, Notice, ProblemNotice, Said } from '../../../ui/show.tsx'
import { ImportBadge, SourceName } from './import-badge.tsx'
import { MappingCard } from './mapping.tsx'
import { PreviewCard } from './preview.tsx'
import { ImportRows } from './rows.tsx'
import { TargetsCard } from './targets.tsx'
import { UndoButton } from './undo-button.tsx'

/** One file on its way into the books: its columns, its preview, its posting, its undoing. */
export function ImportScreen(): ReactNode {
  const t = useText()
  const { importId } = useParams({ from: '/inside/streams/imports/$importId' })
  const found = useQuery(importQuery(importId))
  useStreamsAnew(found.data)
  if (found.isPending) return <Ghost lines={6} />
  if (found.error !== null) return <ProblemNotice error={found.error} retry={() => void found.refetch()} />
  const one = found.data
  return (
    <>
      <PageHead
        title={<Said>{one.fileName}</Said>}
        name={one.fileName}
        back={{ to: '/streams/imports', label: t('imports.tab') }}
        lead={
          <>
            <SourceName source={one.source} /> <ImportBadge of={one} />
          </>
        }
        actions={<Moves of={one} />}
      />
      <Body of={one} />
    </>
  )
}

function Body({ of: one }: { of: StreamImport }): ReactNode {
  const t = useText()
  const mayWrite = useRight('streams:write')
  if (isAtWork(one)) return <Working of={one} />
  if (one.state === 'mapping') return mayWrite ? <MappingCard of={one} /> : null
  if (one.state === 'refused')
    return (
      <>
        <Refusal of={one} />
        {mayWrite && one.head.columns.length > 0 && <MappingCard of={one} />}
      </>
    )
  return (
    <>
      <Refusal of={one} />
      {one.state === 'undone' && <Notice tone="plain">{t('imports.undone-note')}</Notice>}
      {one.preview !== null && <PreviewCard of={one} preview={one.preview} />}
      {one.state === 'ready' && mayWrite && <TargetsCard of={one} />}
      <ImportRows of={one} />
      {one.state === 'ready' && mayWrite && (
        <details>
          <summary>{t('imports.read-otherwise')}</summary>
          <MappingCard of={one} />
        </details>
      )}
    </>
  )
}

function Working({ of: { state, progress } }: { of: StreamImport }): ReactNode {
  const { t, number } = usePerson()
  const { done, total } = progress
  const name = t(`imports.state.${state}`)
  return (
    <section className="card stack" aria-live="polite">
      <h2>{name}</h2>
      <progress className="progress" aria-label={name} {...(total > 0 ? { value: done, max: total } : {})} />
      <p className="hint">
        {total > 0 && t('imports.progress', { done: number(done), total: number(total) })}{' '}
        {t('imports.may-leave')}
      </p>
    </section>
  )
}

function Refusal({ of: { problem } }: { of: StreamImport }): ReactNode {
  const { t, number, date } = usePerson()
  if (problem === null) return null
  const values = {
    line: problem.line === null ? '' : number(problem.line),
    day: problem.openFrom === null ? '' : date(`${problem.openFrom}T12:00:00`),
  }
  return (
    <Notice tone="bad" title={t(`imports.refused.${problem.problem}.title`)}>
      <p>{t(`imports.refused.${problem.problem}.detail`, values)}</p>
    </Notice>
  )
}

function Moves({ of: one }: { of: StreamImport }): ReactNode {
  const t = useText()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const mayWrite = useRight('streams:write')
  const discarding = useMutation({
    mutationFn: () => discardImport(one.id),
    onSuccess: async () => {
      await navigate({ to: '/streams/imports' })
      await queries.invalidateQueries({ queryKey: ['stream-imports', 'list'] })
    },
  })
  if (!mayWrite) return null
  if (one.state === 'posted') return <UndoButton of={one} />
  if (one.state !== 'mapping' && one.state !== 'ready' && one.state !== 'refused') return null
  return (
    <>
      <Button icon={Trash2} isPending={discarding.isPending} onPress={() => discarding.mutate()}>
        {t('imports.discard')}
      </Button>
      <ProblemNotice error={discarding.error} />
    </>
  )
}

/** What was posted or undone changes every figure of the streams. */
function useStreamsAnew(one: StreamImport | undefined): void {
  const queries = useQueryClient()
  const settled = one?.state === 'posted' || one?.state === 'undone'
  useEffect(() => {
    if (settled) void queries.invalidateQueries({ queryKey: ['streams'] })
  }, [settled, queries])
}
