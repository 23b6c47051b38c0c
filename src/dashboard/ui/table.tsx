import { ArrowDown, ArrowUp, ChevronDown, ChevronsUpDown } from 'lucide-react'
import { lazy, Suspense, type ReactNode } from 'react'
import { useText } from '../text/person.tsx'
import { Button } from './button.tsx'
import { Scroll } from './scroll.tsx'
import { Tick } from './tick.tsx'

/**
 * One column: what stands in it for a row. `figure` aligns to the end; `cell` of a bare column has no label on a phone; a `desk` one
 * is not shown there.
 */
export type Column<Row> = {
  id: string
  title: string
  cell: (row: Row) => ReactNode
  figure?: boolean
  bare?: boolean
  main?: boolean
  desk?: boolean
  sort?: ColumnSort
}

/**
 * By what a list's `sort` names the column, and how people call the two directions: `-placed` is `down`, the greatest first. The
 * one that is wanted more often comes with the first press.
 */
export type ColumnSort = { by: string; up: string; down: string; first?: 'up' | 'down' }

/** How a table is sorted: what its list's address says, or what holds without it. */
export type Sorting = { value: string; onChange: (value: string) => void }

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
  sorting?: Sorting
}): ReactNode {
  const { label, columns, rows, keyOf, linked = false, compact = false, selection, sorting } = props
  return (
    <Scroll label={label}>
      <Suspense>
        {sorting !== undefined && <SortChoice sorts={sortsOf(columns)} sorting={sorting} />}
      </Suspense>
      <table className={compact ? 'table cards compact' : 'table cards'} aria-label={label}>
        <thead>
          <tr>
            {selection !== undefined && (
              <th scope="col" className="choose">
                <ChooseAll keys={rows.map(keyOf)} selection={selection} />
              </th>
            )}
            {columns.map((column) => (
              <Head
                key={column.id}
                column={column}
                {...(column.sort !== undefined && sorting !== undefined && { sort: column.sort, sorting })}
              />
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
                  className={`${column.figure === true ? 'figure' : ''}${column.main === true ? ' main-cell' : ''}${column.desk === true ? ' desk' : ''}`}
                  {...(column.bare === true || column.main === true ? {} : { 'data-label': column.title })}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

// Tables that nobody sorts need not fetch what a choice is made of.
const SortChoice = lazy(() => import('./sort-choice.tsx'))

function sortsOf<Row>(columns: readonly Column<Row>[]): ColumnSort[] {
  return columns.flatMap(({ sort }) => (sort === undefined ? [] : [sort]))
}

function Head<Row>(props: { column: Column<Row>; sort?: ColumnSort; sorting?: Sorting }): ReactNode {
  const { column, sort, sorting } = props
  const { title, figure, bare } = column
  const className = figure === true ? 'figure' : ''
  if (sort === undefined || sorting === undefined)
    return (
      <th scope="col" className={className}>
        {bare === true ? <span className="hide">{title}</span> : title}
      </th>
    )
  const { by, first = 'down' } = sort
  const now = sorting.value === by ? 'up' : sorting.value === `-${by}` ? 'down' : undefined
  const next = now === undefined ? first : now === 'up' ? 'down' : 'up'
  const Icon = now === undefined ? ChevronsUpDown : now === 'up' ? ArrowUp : ArrowDown
  return (
    <th
      scope="col"
      className={className}
      aria-sort={now === undefined ? 'none' : now === 'up' ? 'ascending' : 'descending'}
    >
      <button
        type="button"
        className={now === undefined ? 'sort' : 'sort now'}
        title={sort[next]}
        onClick={() => sorting.onChange(next === 'up' ? by : `-${by}`)}
      >
        {title}
        <Icon size={14} aria-hidden />
      </button>
      <span className="sort-word">{title}</span>
    </th>
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
