import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { FileUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { FileTrigger } from 'react-aria-components'
import type { ExportFormatName } from '../../../modules/ledger/exports/index.ts'
import { accountsQuery, importBooks } from '../../api/ledger.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'

const formats: readonly { format: ExportFormatName; file: string }[] = [
  { format: 'csv', file: 'books.csv' },
  { format: 'hledger', file: 'books.journal' },
  { format: 'beancount', file: 'books.beancount' },
  { format: 'jsonl', file: 'books.jsonl' },
]

/** Books from elsewhere, where there are none yet. */
export function BringBooks(): ReactNode {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const { data } = useSuspenseQuery(accountsQuery)
  const bringing = useMutation({
    mutationFn: (file: File) => importBooks(file),
    onSuccess: ({ entries }) => {
      notify(t('ledger.brought', { count: entries }))
      return queries.invalidateQueries({ queryKey: ['ledger'] })
    },
  })
  if (data.items.length > 0) return null
  return (
    <Card title={t('ledger.bring')}>
      <p className="muted prose">{t('ledger.bring-lead')}</p>
      <ProblemNotice error={bringing.error} />
      <div>
        <FileTrigger
          acceptedFileTypes={['.jsonl']}
          onSelect={(chosen) => {
            const file = chosen?.item(0)
            if (file) bringing.mutate(file)
          }}
        >
          <Button icon={FileUp} isPending={bringing.isPending}>
            {t('ledger.choose-jsonl')}
          </Button>
        </FileTrigger>
      </div>
    </Card>
  )
}

/** The whole books, to take away. */
export function Exports(): ReactNode {
  const t = useText()
  return (
    <Card title={t('ledger.leave')}>
      <p className="muted prose">{t('ledger.leave-lead')}</p>
      <div className="row">
        {formats.map(({ format, file }) => (
          <FileButton key={format} path={`/ledger/export/${format}`} name={file}>
            {t(`ledger.format.${format}`)}
          </FileButton>
        ))}
      </div>
    </Card>
  )
}
