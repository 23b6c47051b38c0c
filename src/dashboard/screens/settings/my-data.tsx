import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { downloadFile } from '../../api/download.ts'
import { askOwnExport, ownExportQuery } from '../../api/privacy.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/show.tsx'

/** All that is kept about the person who looks, to take along. */
export function MyData(): ReactNode {
  const t = useText()
  const ask = useMutation({ mutationFn: askOwnExport })
  const id = ask.data?.id
  const made = useQuery({ ...ownExportQuery(id ?? ''), enabled: id !== undefined }).data
  const download = useMutation({
    mutationFn: (archive: string) =>
      downloadFile(`/me/exports/${archive}/archive`, `personal-data-${archive.slice(-6)}.zip`),
  })
  const isDone = made?.status === 'done'
  return (
    <Card title={t('settings.me.data')}>
      <p className="muted">{t('settings.me.data-lead')}</p>
      <ProblemNotice error={ask.error ?? download.error} />
      <div className="row">
        {isDone && id !== undefined ? (
          <Button isPending={download.isPending} onPress={() => download.mutate(id)}>
            {t('settings.me.data-fetch')}
          </Button>
        ) : (
          <Button isPending={ask.isPending || (id !== undefined && !isDone)} onPress={() => ask.mutate()}>
            {t('settings.me.data-ask')}
          </Button>
        )}
      </div>
    </Card>
  )
}
