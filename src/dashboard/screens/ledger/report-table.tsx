import type { ReactNode } from 'react'
import type { ApiMoney } from '../../../shared/money.ts'
import { usePerson } from '../../text/person.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import { Amount } from '../../ui/show.tsx'
import { AccountName } from './account-name.tsx'

/** One line of a report: an account, or a sum. Amounts stand in the report's columns. */
export type ReportRow = {
  id: string
  label: string
  code?: string
  currency?: string
  amounts: readonly (ApiMoney | undefined)[]
  sum?: boolean
}

/** Lines under a heading. */
export type ReportSection = { title?: string; rows: readonly ReportRow[] }

/** A report as accountants read it: sections, accounts, sums; on paper as on the screen. */
export function ReportTable(props: {
  label: string
  columns: readonly string[]
  sections: readonly ReportSection[]
}): ReactNode {
  const { label, columns, sections } = props
  const { t } = usePerson()
  return (
    <Scroll label={label}>
      <table className={columns.length > 1 ? 'table dense two' : 'table dense'} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('ledger.account')}</th>
            {columns.map((column) => (
              <th key={column} scope="col" className="figure">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        {sections.map(({ title, rows }) => (
          <tbody key={title ?? rows[0]?.id}>
            {title !== undefined && (
              <tr className="heading">
                <th scope="rowgroup" colSpan={columns.length + 1}>
                  {title}
                </th>
              </tr>
            )}
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </tbody>
        ))}
      </table>
    </Scroll>
  )
}

function Row({ row }: { row: ReportRow }): ReactNode {
  const { label, code, currency, amounts, sum = false } = row
  return (
    <tr className={sum ? 'sum' : ''}>
      <th scope="row" className="main-cell">
        {code === undefined || currency === undefined ? (
          label
        ) : (
          <AccountName code={code} currency={currency} name={label} />
        )}
      </th>
      {amounts.map((amount, at) => (
        // Columns have no name here but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <td key={at} className="figure">
          {amount !== undefined && <Amount of={amount} />}
        </td>
      ))}
    </tr>
  )
}
