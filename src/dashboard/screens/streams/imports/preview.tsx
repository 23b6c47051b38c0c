import { Fragment, type ReactNode } from 'react'
import type { ImportPreview, RowFate, StreamImport } from '../../../api/imports.ts'
import type { TextKey } from '../../../text/messages.ts'
import { usePerson, useText } from '../../../text/person.tsx'
import { Card } from '../../../ui/page.tsx'
import { Amount, Notice } from '../../../ui/show.tsx'
import { Table, type Column } from '../../../ui/table.tsx'
import { CalendarNotice } from './calendar-notice.tsx'

type Total = ImportPreview['totals'][number]

const shown: readonly RowFate[] = ['new', 'duplicate', 'skipped', 'problem']

/** What a reading has found: how many rows of each fate, why, and what the new ones come to. */
export function PreviewCard({ of: one, preview }: { of: StreamImport; preview: ImportPreview }): ReactNode {
  const { t, date } = usePerson()
  const said = (day: string) => date(`${day}T12:00:00`)
  const { counts, firstDay, lastDay, dateOrderUnsure, dateOrder } = preview
  const isNew = one.state === 'ready'
  return (
    <>
      {isNew && dateOrderUnsure && (
        <Notice tone="warm" title={t('imports.unsure')}>
          {t('imports.unsure-detail', { order: t(`imports.order.${dateOrder}`) })}
        </Notice>
      )}
      {isNew && <CalendarNotice of={one} preview={preview} />}
      <Card title={t(isNew ? 'imports.preview' : 'imports.was-read')}>
        <dl className="facts">
          {shown.map((fate) => (
            <Fragment key={fate}>
              <dt>{t(`imports.fate.${fate}`)}</dt>
              <dd>
                <Count of={counts[fate]} />
              </dd>
            </Fragment>
          ))}
          {firstDay !== null && lastDay !== null && (
            <>
              <dt>{t('imports.days')}</dt>
              <dd>{firstDay === lastDay ? said(firstDay) : `${said(firstDay)} – ${said(lastDay)}`}</dd>
            </>
          )}
        </dl>
        <Reasons reasons={preview.reasons} />
      </Card>
      {preview.totals.length > 0 && <Totals totals={preview.totals} />}
    </>
  )
}

function Count({ of }: { of: number | undefined }): ReactNode {
  const { number } = usePerson()
  return number(of ?? 0)
}

function Reasons({ reasons }: { reasons: ImportPreview['reasons'] }): ReactNode {
  const { t, number } = usePerson()
  if (reasons.length === 0) return null
  return (
    <ul className="small">
      {reasons.map(({ fate, reason, count }) => (
        <li key={`${fate} ${reason}`}>
          <bdi>{number(count)}</bdi> · {t(reasonKey(reason))}
        </li>
      ))}
    </ul>
  )
}

/** The words for a reason; the catalogue has one for each that the API knows. */
export function reasonKey(reason: string): TextKey {
  return `imports.reason.${reason}` as TextKey
}

function Totals({ totals }: { totals: readonly Total[] }): ReactNode {
  const t = useText()
  const { number } = usePerson()
  const columns: Column<Total>[] = [
    { id: 'kind', title: t('imports.kind.label'), main: true, cell: ({ kind }) => t(`imports.kind.${kind}`) },
    { id: 'count', title: t('imports.rows'), figure: true, cell: ({ count }) => number(count) },
    { id: 'total', title: t('imports.total'), figure: true, cell: ({ total }) => <Amount of={total} /> },
  ]
  return (
    <Card title={t('imports.totals')} flush>
      <Table
        label={t('imports.totals')}
        columns={columns}
        rows={totals}
        keyOf={({ kind, total }) => `${kind} ${total.currency}`}
      />
    </Card>
  )
}
