/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Locale } from '../../../shared/locale.ts'
import { pick, type Bilingual } from '../../../storefront/bilingual.ts'
import { MadeCover, Picture } from '../../../storefront/components/parts.tsx'
import type { Picture as ProductPicture } from '../schema.ts'

type ArtProps = {
  product: { id: string; title: Bilingual; cover: ProductPicture | null }
  locale: Locale
  /** How wide it is shown, as the attribute `sizes` wants it. */
  sizes: string
  eager?: boolean
}

/** The first picture of a product, or a cover made of its title. */
export function ProductArt({ product, locale, sizes, eager = false }: ArtProps): JSX.Element {
  const { cover } = product
  if (cover === null) return <MadeCover id={product.id} title={product.title} locale={locale} />
  return (
    <div class="art">
      <Picture renditions={cover.renditions} alt={pick(cover.alt, locale)} sizes={sizes} eager={eager} />
    </div>
  )
}
