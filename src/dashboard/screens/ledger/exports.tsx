import type { ReactNode } from 'react'
import type { ExportFormatName } from '../../../modules/ledger/exports/index.ts'
import { useText } from '../../text/person.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Card } from '../../ui/page.tsx'

const formats: readonly { format: ExportFormatName; file: string }[] = [
  { format: 'csv', file: 'books.csv' },
  { format: 'hledger', file: 'books.journal' },
  { format: 'beancount', file: 'books.beancount' },
  { format: 'jsonl', file: 'books.jsonl' },
]

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
