import type { ReactNode } from 'react'
import { useText } from '../text/person.tsx'
import { Select } from './choice-fields.tsx'
import type { ColumnSort, Sorting } from './table.tsx'

/** The ways to sort a table, for a phone, where its heads are not to be seen. */
export default function SortChoice(props: { sorts: readonly ColumnSort[]; sorting: Sorting }): ReactNode {
  const { sorts, sorting } = props
  const t = useText()
  const choices = sorts.flatMap(({ by, up, down, first = 'down' }) => {
    const ways = [
      { id: `-${by}`, label: down },
      { id: by, label: up },
    ]
    return first === 'down' ? ways : ways.toReversed()
  })
  return (
    <div className="sort-choice no-print">
      <Select label={t('list.sort')} choices={choices} value={sorting.value} onChange={sorting.onChange} />
    </div>
  )
}
