import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { ImageIcon, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { productsQuery, type Product } from '../../api/catalog.ts'
import { useRight } from '../../api/session.ts'
import { usePerson } from '../../text/person.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Card, PageHead } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Empty, Ghost, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { More, Table, type Column } from '../../ui/table.tsx'
import { PriceText, ProductBadge } from './price-text.tsx'

const states = ['all', 'published', 'draft', 'archived'] as const

/** All products. */
export function ProductsScreen(): ReactNode {
  const { t } = usePerson()
  const mayWrite = useRight('products:write')
  const { q = '', state: wanted } = useSearch({ from: '/inside/products' })
  const navigate = useNavigate({ from: '/products' })
  const state = states.find((known) => known === wanted) ?? 'all'
  const found = useInfiniteQuery(
    productsQuery({ status: state === 'all' ? undefined : state, query: q === '' ? undefined : q }),
  )
  const products = found.data?.pages.flatMap(({ items }) => items) ?? []
  const search = (change: { q?: string; state?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  return (
    <>
      <PageHead
        title={t('nav.products')}
        actions={
          mayWrite && (
            <Link to="/products/new" className={buttonClass('primary')}>
              <Plus size={18} aria-hidden />
              {t('products.new')}
            </Link>
          )
        }
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
            <ProductTable products={products} />
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

function ProductTable({ products }: { products: readonly Product[] }): ReactNode {
  const { t, pick, number } = usePerson()
  const columns: Column<Product>[] = [
    {
      id: 'title',
      title: t('products.title'),
      main: true,
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
    { id: 'changed', title: t('products.changed'), cell: ({ updatedAt }) => <Time at={updatedAt} /> },
  ]
  return (
    <Table
      label={t('nav.products')}
      columns={columns}
      rows={products}
      keyOf={({ id }) => id}
      linked
      compact
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
