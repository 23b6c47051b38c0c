import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { customerSorts, customersQuery, type Customer } from '../../api/privacy.ts'
import { useRight } from '../../api/session.ts'
import { sortIn } from '../../search.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Card, PageHead } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Empty, Ghost, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { More, Table, type Column, type Sorting } from '../../ui/table.tsx'
import { Views } from '../../ui/views.tsx'
import { EraseDialog } from './erase-dialog.tsx'
import { PrivacyRequests, useAskExport } from './requests.tsx'

/** Those who ordered: to be found, to be given all that is kept about them, and to be erased. */
export function CustomersScreen(): ReactNode {
  const t = useText()
  const { q = '', sort: wanted } = useSearch({ from: '/inside/customers' })
  const navigate = useNavigate({ from: '/customers' })
  const sort = sortIn(customerSorts, wanted)
  const found = useInfiniteQuery(customersQuery({ search: q === '' ? undefined : q, sort }))
  const customers = found.data?.pages.flatMap(({ items }) => items) ?? []
  const mayAct = useRight('customers:write')
  const search = (change: { q?: string; sort?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  return (
    <>
      <PageHead
        title={t('nav.customers')}
        lead={t('customers.lead')}
        actions={
          customers.length > 0 && (
            <FileButton
              path="/exports/customers"
              name={`${t('nav.customers')}.csv`}
              query={{ search: q, sort }}
            >
              {t('list.export')}
            </FileButton>
          )
        }
      />
      <Views
        screen="customers"
        search={{ q, sort: wanted }}
        onOpen={(view) => void navigate({ search: view, replace: true })}
      />
      {mayAct && <PrivacyRequests />}
      <SearchField label={t('customers.search')} value={q} onChange={(text) => search({ q: text })} />
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {found.isPending ? (
        <Ghost lines={6} />
      ) : customers.length > 0 ? (
        <Card flush>
          <CustomerTable
            customers={customers}
            mayAct={mayAct}
            sorting={{ value: sort, onChange: (id) => search({ sort: id === customerSorts[0] ? '' : id }) }}
          />
          <More
            hasMore={found.hasNextPage}
            isPending={found.isFetchingNextPage}
            onMore={() => void found.fetchNextPage()}
          />
        </Card>
      ) : (
        found.error === null && (
          <Empty title={t(q === '' ? 'customers.empty' : 'customers.none-found')}>
            {t('customers.empty-detail')}
          </Empty>
        )
      )}
    </>
  )
}

function CustomerTable(props: {
  customers: readonly Customer[]
  mayAct: boolean
  sorting: Sorting
}): ReactNode {
  const { customers, mayAct, sorting } = props
  const t = useText()
  const [erasing, setErasing] = useState<string | undefined>(undefined)
  const askExport = useAskExport()
  const columns: Column<Customer>[] = [
    {
      id: 'who',
      title: t('customers.who'),
      main: true,
      sort: { by: 'email', up: t('customers.by-address'), down: t('customers.by-address-back'), first: 'up' },
      cell: ({ name, email }) => (
        <span className="stack" style={{ gap: 0 }}>
          <span>
            <Said>{name}</Said>
          </span>
          <span className="muted small">
            <Said ltr>{email}</Said>
          </span>
        </span>
      ),
    },
    {
      id: 'orders',
      title: t('customers.orders'),
      cell: ({ orders, paid }) => t('customers.order-count', { orders, paid }),
    },
    {
      id: 'last',
      title: t('customers.last'),
      cell: ({ lastOrderAt }) => <Time at={lastOrderAt} />,
      sort: { by: 'last', up: t('list.oldest'), down: t('list.newest') },
    },
    ...(mayAct
      ? [
          {
            id: 'acts',
            title: t('customers.acts'),
            cell: ({ email }: Customer) => (
              <span className="row">
                <Button
                  look="quiet"
                  small
                  isPending={askExport.isPending && askExport.variables === email}
                  onPress={() => askExport.mutate(email)}
                >
                  {t('customers.export')}
                </Button>
                <Button look="quiet" small onPress={() => setErasing(email)}>
                  {t('customers.erase')}
                </Button>
              </span>
            ),
          },
        ]
      : []),
  ]
  return (
    <>
      <Table
        label={t('nav.customers')}
        columns={columns}
        rows={customers}
        keyOf={({ email }) => email}
        sorting={sorting}
      />
      <ProblemNotice error={askExport.error} />
      {erasing !== undefined && <EraseDialog email={erasing} onClose={() => setErasing(undefined)} />}
    </>
  )
}
