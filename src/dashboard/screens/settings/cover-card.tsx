import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import { storeQuery, type Store } from '../../api/catalog.ts'
import { removeCover, setCover } from '../../api/look.ts'
import { startUpload } from '../../api/uploads.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/show.tsx'
import { DropFiles, UploadList } from '../../ui/upload-list.tsx'

const accepted = ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif']
const place = 'cover of the store'
const lookAgainMs = 1_500

/** The picture at the head of the store: saved at once, since an upload cannot be taken back by a button. */
export function CoverCard({ store: { cover } }: { store: Store }): ReactNode {
  const t = useText()
  const queries = useQueryClient()
  const { queryKey } = storeQuery
  const keep = (after: Store) => queries.setQueryData(queryKey, after)
  const removing = useMutation({ mutationFn: removeCover, onSuccess: keep })
  const pending = cover?.status === 'pending'
  useEffect(() => {
    // Sizes are made in the background; they show up by themselves.
    if (!pending) return undefined
    const timer = setInterval(() => void queries.invalidateQueries({ queryKey }), lookAgainMs)
    return () => clearInterval(timer)
  }, [pending, queries, queryKey])
  const shown = cover?.renditions.find(({ format, width }) => format === 'webp' && width >= 600)
  const send = ([file]: File[]) => {
    if (file !== undefined)
      void startUpload({ place, file, onDone: async (fileId) => void keep(await setCover(fileId)) })
  }
  return (
    <Card title={t('settings.look.cover')}>
      <p className="muted">{t('settings.look.cover-lead')}</p>
      <ProblemNotice error={removing.error} />
      {cover?.status === 'failed' && <p className="wrong">{t('pictures.failed')}</p>}
      {pending && <p className="hint">{t('pictures.pending')}</p>}
      {shown !== undefined && <img className="cover-shot" src={shown.url} alt={t('settings.look.cover')} />}
      <UploadList place={place} />
      <DropFiles
        label={t('settings.look.choose-cover')}
        hint={t('pictures.hint')}
        accept={accepted}
        onFiles={send}
      />
      {cover !== null && (
        <div>
          <Button small look="quiet" icon={Trash2} onPress={() => removing.mutate()}>
            {t('settings.look.remove-cover')}
          </Button>
        </div>
      )}
    </Card>
  )
}
