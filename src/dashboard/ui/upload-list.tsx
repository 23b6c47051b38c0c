import { CloudUpload, Pause, Play, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { DropZone, FileTrigger, Text, type DropItem } from 'react-aria-components'
import { cancelUpload, pauseUpload, resumeUpload, useUploads } from '../api/uploads.ts'
import { usePerson, useText } from '../text/person.tsx'
import { Button } from './button.tsx'
import { Said } from './show.tsx'

/** A place to put files: dropped, or chosen by the button, which the keyboard reaches. */
export function DropFiles(props: {
  label: string
  hint: string
  accept?: readonly string[]
  onFiles: (files: File[]) => void
}): ReactNode {
  const { label, hint, accept, onFiles } = props
  return (
    <DropZone
      className="dropzone"
      aria-label={label}
      onDrop={({ items }) => void filesOf(items).then((files) => files.length > 0 && onFiles(files))}
    >
      <CloudUpload size={28} aria-hidden />
      <FileTrigger
        allowsMultiple
        {...(accept === undefined ? {} : { acceptedFileTypes: accept })}
        onSelect={(chosen) => chosen !== null && onFiles([...chosen])}
      >
        <Button>{label}</Button>
      </FileTrigger>
      <Text slot="label" className="hint">
        {hint}
      </Text>
    </DropZone>
  )
}

function filesOf(items: readonly DropItem[]): Promise<File[]> {
  return Promise.all(items.flatMap((item) => (item.kind === 'file' ? [item.getFile()] : [])))
}

/** The files of a place that are on their way, with what can be done about each. */
export function UploadList({ place }: { place: string }): ReactNode {
  const { t, bytes, percent } = usePerson()
  const uploads = useUploads(place)
  if (uploads.length === 0) return null
  return (
    <ul className="items" aria-label={t('upload.under-way')}>
      {uploads.map(({ id, name, sizeBytes, sentBytes, state, reason }) => (
        <li key={id}>
          <div className="row between">
            <span className="grow">
              <Said>{name}</Said>
            </span>
            <UploadButtons id={id} name={name} state={state} />
          </div>
          <progress
            className="progress"
            aria-label={t('upload.progress-of', { name })}
            value={sentBytes}
            max={Math.max(1, sizeBytes)}
          />
          <span
            className={state === 'failed' ? 'wrong' : 'hint'}
            role={state === 'failed' ? 'alert' : undefined}
          >
            {state === 'failed'
              ? (reason ?? t('upload.failed'))
              : state === 'sending'
                ? t('upload.sent', {
                    sent: bytes(sentBytes),
                    total: bytes(sizeBytes),
                    share: percent(Math.floor((100 * sentBytes) / Math.max(1, sizeBytes)) / 100),
                  })
                : t(`upload.${state}`)}
          </span>
        </li>
      ))}
    </ul>
  )
}

function UploadButtons({ id, name, state }: { id: number; name: string; state: string }): ReactNode {
  const t = useText()
  return (
    <span className="row">
      {state === 'sending' && (
        <Button
          small
          look="quiet"
          icon={Pause}
          label={t('upload.pause', { name })}
          onPress={() => void pauseUpload(id)}
        />
      )}
      {(state === 'paused' || state === 'failed') && (
        <Button
          small
          look="quiet"
          icon={Play}
          turn
          label={t('upload.resume', { name })}
          onPress={() => resumeUpload(id)}
        />
      )}
      {state !== 'finishing' && (
        <Button
          small
          look="quiet"
          icon={X}
          label={t('upload.cancel', { name })}
          onPress={() => void cancelUpload(id)}
        />
      )}
    </span>
  )
}
