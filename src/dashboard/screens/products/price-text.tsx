import type { ReactNode } from 'react'
import type { Price, Product } from '../../api/catalog.ts'
import { usePerson, useText } from '../../text/person.tsx'
import { Badge, type Tone } from '../../ui/show.tsx'

/** What a product costs, in the store's first currency, and in how many others. */
export function PriceText({ prices }: { prices: readonly Price[] }): ReactNode {
  const { t, money } = usePerson()
  const [first, ...others] = prices
  if (first === undefined) return <span className="muted">{t('products.no-price')}</span>
  const text =
    first.mode === 'free'
      ? t('common.free')
      : first.mode === 'fixed'
        ? money(first.price)
        : t('products.from', { price: money(first.minimum) })
  return (
    <>
      <bdi className="amount">{text}</bdi>
      {others.length > 0 && (
        <span className="muted small"> {t('products.currencies-more', { count: others.length })}</span>
      )}
    </>
  )
}

const tones: Record<Product['status'], Tone> = { draft: 'warm', published: 'good', archived: 'plain' }

/** Whether a product is for sale. */
export function ProductBadge({ status }: { status: Product['status'] }): ReactNode {
  const t = useText()
  return <Badge tone={tones[status]}>{t(`products.state.${status}`)}</Badge>
}
