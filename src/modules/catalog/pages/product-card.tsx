/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Segment } from '../../../shared/arabic.ts'
import { dir } from '../../../shared/locale.ts'
import { languageOf, pick, type Bilingual } from '../../../storefront/bilingual.ts'
import { Words } from '../../../storefront/components/parts.tsx'
import type { FoundProduct } from '../operations/search-products.ts'
import type { ShelfProduct } from '../schema.ts'
import { priceIn, priceText, StockTag, tellStockFrom } from './offer.tsx'
import { ProductArt } from './product-art.tsx'
import type { Visit } from './visit.ts'

/** How wide each theme shows the picture of a card. */
const cardSizes = {
  calm: '(min-width: 72rem) 21rem, (min-width: 40rem) 45vw, 92vw',
  gallery: '(min-width: 84rem) 27rem, (min-width: 48rem) 45vw, 92vw',
  folio: '8rem',
} as const

type CardProps = { product: ShelfProduct | FoundProduct; visit: Visit; eager: boolean }

/** A product on the shelf. The whole card leads to its page; the link is its title. */
export function ProductCard({ product, visit, eager }: CardProps): JSX.Element {
  const { locale, frame, paths } = visit
  const found = 'highlighted' in product ? product.highlighted : undefined
  const price = priceIn(product.prices, frame.currency)
  return (
    <li class="card">
      <ProductArt product={product} locale={locale} sizes={cardSizes[frame.look.theme]} eager={eager} />
      <div class="card-text">
        <h2>
          <a href={paths.product(product.slug)}>
            <Marked text={product.title} segments={found?.title} visit={visit} />
          </a>
        </h2>
        {pick(product.summary, locale) !== '' && (
          <p class="muted small clip">
            <Marked text={product.summary} segments={found?.summary} visit={visit} />
          </p>
        )}
        <div class="end">
          <span class={price === undefined ? 'muted small' : 'price'}>{priceText(price, locale)}</span>
          <StockTag product={product} locale={locale} from={tellStockFrom} />
        </div>
      </div>
    </li>
  )
}

function Marked(props: { text: Bilingual; segments: Segment[] | undefined; visit: Visit }): JSX.Element {
  const { text, segments, visit } = props
  if (segments === undefined) return <Words text={text} locale={visit.locale} />
  const language = languageOf(text, visit.locale)
  return (
    <bdi lang={language} dir={dir(language)}>
      {segments.map((segment) => (segment.hit ? <mark>{segment.text}</mark> : segment.text))}
    </bdi>
  )
}
