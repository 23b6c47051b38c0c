import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { useText } from '../text/person.tsx'
import { Button } from './button.tsx'
import { Tick } from './tick.tsx'

/** One column: what stands in it for a row. `figure` aligns to the end; `cell` of a bare column has no label on a phone. */
export type Column<Row> = {
  id: string
  title: string
  cell: (row: Row) => ReactNode
  figure?: boolean
  bare?: boolean
  main?: boolean
}

/** Rows that can be chosen, for doing one thing to many. */
export type Selection<Row> = {
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
  nameOf: (row: Row) => string
}

/** A table that becomes a list of cards on a phone. */
export function Table<Row>(props: {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  linked?: boolean
  /** On a phone without labels, where every cell speaks for itself. */
  compact?: boolean
  selection?: Selection<Row>
}): ReactNode {
  const { label, columns, rows, keyOf, linked = false, compact = false, selection } = props
  return (
    <div className="scroll">
      <table className={compact ? 'table cards compact' : 'table cards'} aria-label={label}>
        <thead>
          <tr>
            {selection !== undefined && (
              <th scope="col" className="choose">
                <ChooseAll keys={rows.map(keyOf)} selection={selection} />
              </th>
            )}
            {columns.map(({ id, title, figure, bare }) => (
              <th key={id} scope="col" className={figure === true ? 'figure' : ''}>
                {bare === true ? <span className="hide">{title}</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className={linked ? 'linked' : ''}>
              {selection !== undefined && (
                <td className="choose">
                  <Choose id={keyOf(row)} row={row} selection={selection} />
                </td>
              )}
              {columns.map((column) => (
                <td
                  key={column.id}
                  className={`${column.figure === true ? 'figure' : ''}${column.main === true ? ' main-cell' : ''}`}
                  {...(column.bare === true || column.main === true ? {} : { 'data-label': column.title })}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Choose<Row>(props: { id: string; row: Row; selection: Selection<Row> }): ReactNode {
  const { id, row, selection } = props
  const { chosen, onChange, nameOf } = selection
  const t = useText()
  return (
    <Tick
      label={t('bulk.choose', { name: nameOf(row) })}
      isSelected={chosen.has(id)}
      onChange={(on) => onChange(new Set(on ? [...chosen, id] : [...chosen].filter((one) => one !== id)))}
    />
  )
}

function ChooseAll<Row>(props: { keys: readonly string[]; selection: Selection<Row> }): ReactNode {
  const { keys, selection } = props
  const t = useText()
  const count = keys.filter((key) => selection.chosen.has(key)).length
  return (
    <Tick
      label={t('bulk.choose-all')}
      isSelected={keys.length > 0 && count === keys.length}
      isIndeterminate={count > 0 && count < keys.length}
      onChange={(on) => selection.onChange(new Set(on ? keys : []))}
    />
  )
}

/** Fetches what follows in a list. */
export function More(props: { hasMore: boolean; isPending: boolean; onMore: () => void }): ReactNode {
  const t = useText()
  if (!props.hasMore) return null
  return (
    <div className="row" style={{ justifyContent: 'center', padding: 'var(--s3)' }}>
      <Button icon={ChevronDown} isPending={props.isPending} onPress={props.onMore}>
        {t('common.action.show-more')}
      </Button>
    </div>
  )
}
