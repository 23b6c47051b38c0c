import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Archive, EyeOff, ImageIcon, Plus, Rocket } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { moveProduct, productsQuery, productSorts, type Product } from '../../api/catalog.ts'
import { useRight } from '../../api/session.ts'
import { sortIn } from '../../search.ts'
import { usePerson } from '../../text/person.tsx'
import { BulkBar } from '../../ui/bulk.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Card, PageHead } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Empty, Ghost, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { More, Table, type Column, type Selection, type Sorting } from '../../ui/table.tsx'
import { Views } from '../../ui/views.tsx'
import { PriceText, ProductBadge } from './price-text.tsx'

const states = ['all', 'published', 'draft', 'archived'] as const

/** All products. */
export function ProductsScreen(): ReactNode {
  const { t } = usePerson()
  const mayWrite = useRight('products:write')
  const { q = '', state: wanted, sort: wantedSort } = useSearch({ from: '/inside/products' })
  const navigate = useNavigate({ from: '/products' })
  const state = states.find((known) => known === wanted) ?? 'all'
  const sort = sortIn(productSorts, wantedSort)
  const filter = { status: state === 'all' ? undefined : state, query: q === '' ? undefined : q, sort }
  const found = useInfiniteQuery(productsQuery(filter))
  const products = found.data?.pages.flatMap(({ items }) => items) ?? []
  const search = (change: { q?: string; state?: string; sort?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  return (
    <>
      <PageHead
        title={t('nav.products')}
        actions={
          <>
            {products.length > 0 && (
              <FileButton path="/exports/products" name={`${t('nav.products')}.csv`} query={filter}>
                {t('list.export')}
              </FileButton>
            )}
            {mayWrite && (
              <Link to="/products/new" className={buttonClass('primary')}>
                <Plus size={18} aria-hidden />
                {t('products.new')}
              </Link>
            )}
          </>
        }
      />
      <Views
        screen="products"
        search={{ q, state: wanted, sort: wantedSort }}
        onOpen={(view) => void navigate({ search: view, replace: true })}
      />
      <div className="row">
        <SearchField label={t('products.search')} value={q} onChange={(text) => search({ q: text })} />
        <Segments
          label={t('products.state-filter')}
          choices={states.map((id) => ({ id, label: t(`products.state.${id}`) }))}
          value={state}
          onChange={(id) => search({ state: id === 'all' ? '' : id })}
        />
      </div>
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {found.isPending ? (
        <Ghost lines={6} />
      ) : products.length === 0 && found.error === null ? (
        <NoProducts searching={q !== '' || state !== 'all'} />
      ) : (
        products.length > 0 && (
          <Card flush>
            <ChosenProducts
              products={products}
              sorting={{ value: sort, onChange: (id) => search({ sort: id === productSorts[0] ? '' : id }) }}
            />
            <More
              hasMore={found.hasNextPage}
              isPending={found.isFetchingNextPage}
              onMore={() => void found.fetchNextPage()}
            />
          </Card>
        )
      )}
    </>
  )
}

function NoProducts({ searching }: { searching: boolean }): ReactNode {
  const { t } = usePerson()
  if (searching) return <Empty title={t('products.none-found')}>{t('products.none-found-detail')}</Empty>
  return (
    <Empty
      title={t('products.empty')}
      action={
        <Link to="/products/new" className={buttonClass('primary')}>
          {t('products.first')}
        </Link>
      }
    >
      {t('products.empty-detail')}
    </Empty>
  )
}

/** The table, with what can be done to many at once. */
function ChosenProducts(props: { products: readonly Product[]; sorting: Sorting }): ReactNode {
  const { products } = props
  const { t, pick } = usePerson()
  const queries = useQueryClient()
  const mayWrite = useRight('products:write')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const nameOf = ({ title }: Product) => pick(title) || t('products.untitled')
  const move = (to: 'publish' | 'unpublish' | 'archive') => (id: string) => moveProduct(id, to)
  if (!mayWrite) return <ProductTable {...props} />
  return (
    <>
      <ProductTable {...props} selection={{ chosen, onChange: setChosen, nameOf }} />
      <BulkBar
        chosen={products
          .filter(({ id }) => chosen.has(id))
          .map((product) => ({ id: product.id, name: nameOf(product) }))}
        actions={[
          {
            id: 'publish',
            label: t('products.publish'),
            icon: Rocket,
            one: move('publish'),
            undo: move('unpublish'),
          },
          {
            id: 'unpublish',
            label: t('products.unpublish'),
            icon: EyeOff,
            one: move('unpublish'),
            undo: move('publish'),
          },
          {
            id: 'archive',
            label: t('products.archive'),
            icon: Archive,
            look: 'danger',
            one: move('archive'),
            ask: { title: t('products.archive-title'), detail: t('products.archive-many-detail') },
          },
        ]}
        onClear={() => setChosen(new Set())}
        onDone={() => void queries.invalidateQueries({ queryKey: ['products'] })}
      />
    </>
  )
}

function ProductTable(props: {
  products: readonly Product[]
  sorting: Sorting
  selection?: Selection<Product>
}): ReactNode {
  const { products, sorting, selection } = props
  const { t, pick, number } = usePerson()
  const columns: Column<Product>[] = [
    {
      id: 'title',
      title: t('products.title'),
      main: true,
      sort: { by: 'title', up: t('list.a-to-z'), down: t('list.z-to-a'), first: 'up' },
      cell: (product) => (
        <span className="row" style={{ flexWrap: 'nowrap' }}>
          <Thumb product={product} />
          <Link to="/products/$productId" params={{ productId: product.id }} className="whole">
            <Said>{pick(product.title) || t('products.untitled')}</Said>
          </Link>
        </span>
      ),
    },
    {
      id: 'state',
      title: t('products.state.label'),
      cell: (product) => <ProductBadge status={product.status} />,
    },
    { id: 'price', title: t('products.price'), cell: (product) => <PriceText prices={product.prices} /> },
    {
      id: 'sold',
      title: t('products.stock'),
      cell: ({ stock }) =>
        stock === null ? (
          <span className="muted">{t('products.no-limit')}</span>
        ) : (
          t('products.stock-left', { left: number(stock.left), limit: number(stock.limit) })
        ),
    },
    {
      id: 'changed',
      title: t('products.changed'),
      cell: ({ updatedAt }) => <Time at={updatedAt} />,
      sort: { by: 'changed', up: t('products.changed-first'), down: t('products.changed-last') },
    },
  ]
  return (
    <Table
      label={t('nav.products')}
      columns={columns}
      rows={products}
      keyOf={({ id }) => id}
      linked
      compact
      sorting={sorting}
      {...(selection === undefined ? {} : { selection })}
    />
  )
}

function Thumb({ product }: { product: Product }): ReactNode {
  const [cover] = product.pictures
  const smallest = cover?.renditions
    .filter(({ format }) => format !== 'avif')
    .reduce<{ width: number; url: string } | undefined>(
      (best, one) => (best === undefined || one.width < best.width ? one : best),
      undefined,
    )
  if (smallest === undefined)
    return (
      <span className="thumb" aria-hidden>
        <ImageIcon size={20} />
      </span>
    )
  return <img className="thumb" src={smallest.url} alt="" loading="lazy" />
}
