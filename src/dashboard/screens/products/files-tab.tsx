import { useMutation, useQueryClient, useSuspenseQuery, type QueryClient } from '@tanstack/react-query'
import { FileText, Plus, Send, Trash2, TriangleAlert } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import {
  createVersion,
  publishVersion,
  updateVersion,
  versionsQuery,
  type Product,
  type Version,
} from '../../api/catalog.ts'
import { startUpload } from '../../api/uploads.ts'
import { wrongInBoth } from '../../api/errors-of.ts'
import { usePerson, useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { BilingualField } from '../../ui/fields.tsx'
import { Card } from '../../ui/page.tsx'
import { Badge, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { DropFiles, UploadList } from '../../ui/upload-list.tsx'

/** The files that buyers get: the edition being prepared, and those published before. */
export function FilesTab({ product }: { product: Product }): ReactNode {
  const t = useText()
  const queries = useQueryClient()
  const { data } = useSuspenseQuery(versionsQuery(product.id))
  const draft = data.items.find(({ publishedAt }) => publishedAt === null)
  const published = data.items.filter(({ publishedAt }) => publishedAt !== null)
  const [begun, setBegun] = useState(false)
  const place = `files of ${product.id}`
  const send = (files: File[]) => {
    for (const file of files)
      void startUpload({ place, file, onDone: (fileId) => attach(queries, product.id, fileId) })
  }
  const editing = draft !== undefined || begun || published.length === 0
  return (
    <div className="stack loose">
      {editing ? (
        <Card
          title={published.length === 0 ? t('files.title') : t('files.new-version')}
          actions={draft !== undefined && <Badge tone="warm">{t('files.draft')}</Badge>}
        >
          <p className="muted">{t(published.length === 0 ? 'files.lead' : 'files.new-version-lead')}</p>
          {draft !== undefined && <FileList productId={product.id} version={draft} />}
          <UploadList place={place} />
          {product.status !== 'archived' && (
            <DropFiles label={t('files.choose')} hint={t('files.hint')} onFiles={send} />
          )}
          {draft !== undefined && (
            <DraftEdition key={draft.id} product={product} version={draft} first={published.length === 0} />
          )}
        </Card>
      ) : (
        <div>
          <Button icon={Plus} onPress={() => setBegun(true)}>
            {t('files.begin-version')}
          </Button>
        </div>
      )}
      {published.map((version, at) => (
        <PublishedEdition key={version.id} version={version} current={at === 0} />
      ))}
    </div>
  )
}

/** Uploads finish one by one and at any time; each joins the draft as it then is, one after the other. */
let attaching: Promise<void> = Promise.resolve()

function attach(queries: QueryClient, productId: string, fileId: string): Promise<void> {
  const next = attaching.then(async () => {
    const { items } = await queries.fetchQuery({ ...versionsQuery(productId), staleTime: 0 })
    const draft = items.find(({ publishedAt }) => publishedAt === null)
    if (draft === undefined) await createVersion(productId, { fileIds: [fileId] })
    else await updateVersion(productId, draft.id, { fileIds: [...draft.files.map(({ id }) => id), fileId] })
    await queries.invalidateQueries({ queryKey: ['versions', productId] })
  })
  attaching = next.catch(() => undefined)
  return next
}

function FileList({ productId, version }: { productId: string; version: Version }): ReactNode {
  const { t, bytes } = usePerson()
  const queries = useQueryClient()
  const removing = useMutation({
    mutationFn: (fileId: string) =>
      updateVersion(productId, version.id, {
        fileIds: version.files.map(({ id }) => id).filter((id) => id !== fileId),
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['versions', productId] }),
  })
  const open = version.publishedAt === null
  return (
    <>
      <ProblemNotice error={removing.error} />
      <ul className="items">
        {version.files.map((file) => (
          <li key={file.id}>
            <div className="row between">
              <span className="row grow" style={{ flexWrap: 'nowrap' }}>
                <FileText size={20} aria-hidden style={{ color: 'var(--muted)' }} />
                <span style={{ minInlineSize: 0 }}>
                  <Said>{file.name}</Said> <span className="muted small nowrap">{bytes(file.sizeBytes)}</span>
                </span>
              </span>
              {open && (
                <Button
                  small
                  look="quiet"
                  icon={Trash2}
                  label={t('files.remove', { name: file.name })}
                  onPress={() => removing.mutate(file.id)}
                />
              )}
            </div>
            {file.risky && (
              <span className="hint row">
                <TriangleAlert size={16} aria-hidden /> {t('files.risky')}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function DraftEdition({
  product,
  version,
  first,
}: {
  product: Product
  version: Version
  first: boolean
}): ReactNode {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const [notes, setNotes] = useState(version.notes)
  const [asking, setAsking] = useState(false)
  const refresh = () => queries.invalidateQueries({ queryKey: ['versions', product.id] })
  const saving = useMutation({
    mutationFn: () => updateVersion(product.id, version.id, { notes }),
    onSuccess: () => {
      notify(t('common.state.saved'))
      return refresh()
    },
  })
  const publishing = useMutation({
    mutationFn: async () => {
      if (notes !== version.notes) await updateVersion(product.id, version.id, { notes })
      return publishVersion(product.id, version.id)
    },
    onSuccess: () => {
      setAsking(false)
      notify(t('files.published'))
      return refresh()
    },
    onError: () => setAsking(false),
  })
  if (first) return null
  const changed = notes.ar !== version.notes.ar || notes.en !== version.notes.en
  return (
    <>
      <BilingualField
        label={t('files.notes')}
        lines="many"
        maxLength={5000}
        value={notes}
        onChange={setNotes}
        hint={t('files.notes-hint')}
        wrong={wrongInBoth(saving.error ?? publishing.error, '/notes')}
      />
      <ProblemNotice error={saving.error ?? publishing.error} />
      <div className="row">
        <Button
          look="primary"
          icon={Send}
          turn
          isDisabled={version.files.length === 0}
          onPress={() => setAsking(true)}
        >
          {t('files.publish')}
        </Button>
        {changed && (
          <Button isPending={saving.isPending} onPress={() => saving.mutate()}>
            {t('files.save-notes')}
          </Button>
        )}
      </div>
      <Confirm
        title={t('files.publish-title')}
        action={t('files.publish')}
        look="primary"
        isOpen={asking}
        isPending={publishing.isPending}
        onConfirm={() => publishing.mutate()}
        onClose={() => setAsking(false)}
      >
        <p>{t('files.publish-detail')}</p>
      </Confirm>
    </>
  )
}

function PublishedEdition({ version, current }: { version: Version; current: boolean }): ReactNode {
  const { t, pick } = usePerson()
  const notes = pick(version.notes)
  return (
    <Card
      title={t('files.version', { number: version.number })}
      actions={
        <>
          {current && <Badge tone="good">{t('files.current')}</Badge>}
          {version.publishedAt !== null && (
            <span className="muted small">
              <Time at={version.publishedAt} />
            </span>
          )}
        </>
      }
    >
      {notes !== '' && (
        <p dir="auto" style={{ whiteSpace: 'pre-line' }}>
          {notes}
        </p>
      )}
      <FileList productId="" version={version} />
    </Card>
  )
}
