import { ListFilter } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Segments } from '../../ui/segments.tsx'

/** What the address of the list says. */
export type OrdersSearch = { q?: string; state?: string; from?: string; to?: string; sort?: string }

/** The states that orders are narrowed by. */
export const orderStates = ['all', 'paid', 'pending', 'partially-refunded', 'refunded', 'cancelled'] as const

/** By what orders are narrowed; days stand behind a button until they are wanted. */
export function OrderFilters(props: {
  search: OrdersSearch
  onChange: (change: OrdersSearch) => void
}): ReactNode {
  const { search, onChange } = props
  const t = useText()
  const { q = '', from = '', to = '' } = search
  const [opened, setOpened] = useState(false)
  const more = opened || from !== '' || to !== ''
  return (
    <>
      <div className="row">
        <SearchField label={t('orders.search')} value={q} onChange={(text) => onChange({ q: text })} />
        <Segments
          label={t('orders.state-filter')}
          choices={orderStates.map((id) => ({ id, label: t(`orders.state.${id}`) }))}
          value={orderStates.find((known) => known === search.state) ?? 'all'}
          onChange={(id) => onChange({ state: id === 'all' ? '' : id })}
        />
        {!more && (
          <Button look="quiet" icon={ListFilter} onPress={() => setOpened(true)}>
            {t('orders.more-filters')}
          </Button>
        )}
      </div>
      {more && (
        <div className="columns">
          <TextField
            label={t('list.from')}
            type="date"
            value={from}
            onChange={(day) => onChange({ from: day })}
          />
          <TextField label={t('list.to')} type="date" value={to} onChange={(day) => onChange({ to: day })} />
        </div>
      )}
    </>
  )
}
