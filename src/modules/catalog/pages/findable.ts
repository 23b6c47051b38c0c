import { fromApi, toDecimalString } from '../../../shared/money.ts'
import { pick } from '../../../storefront/bilingual.ts'
import { breadcrumbs, type StructuredData } from '../../../storefront/structured-data.ts'
import type { Price, ProductPage } from '../schema.ts'
import { isSoldOut } from './offer.tsx'
import type { Visit } from './visit.ts'

/** The seller, as search engines want to know it. */
export function organization({ ctx, store, frame, paths }: Visit): StructuredData {
  return {
    '@type': 'Organization',
    name: frame.name,
    ...(store.legalName === '' ? {} : { legalName: store.legalName }),
    url: ctx.config.publicUrl + paths.home,
    ...(store.supportEmail === '' ? {} : { email: store.supportEmail }),
    ...(store.taxNumber === '' ? {} : { taxID: store.taxNumber }),
  }
}

/** A product with what it costs and whether it can be had, and the way to its page. */
export function productData(seen: Visit, product: ProductPage, picture: string): StructuredData[] {
  const { ctx, locale, frame, paths } = seen
  const origin = ctx.config.publicUrl
  const url = origin + paths.product(product.slug)
  const name = pick(product.title, locale)
  const availability = `https://schema.org/${availabilityOf(product)}`
  const seller = { '@type': 'Organization', name: frame.name }
  const offers = product.prices.map((price) => ({
    '@type': 'Offer',
    url,
    availability,
    seller,
    ...priceOf(price),
  }))
  return [
    {
      '@type': 'Product',
      name,
      description: pick(product.summary, locale) || name,
      url,
      sku: product.id,
      image: [...largestPictures(product).map((path) => origin + path), origin + picture],
      brand: { '@type': 'Brand', name: frame.name },
      inLanguage: locale,
      ...(offers.length === 0 ? {} : { offers }),
    },
    breadcrumbs([
      { name: frame.name, url: origin + paths.home },
      { name, url },
    ]),
  ]
}

/** Copies that unpaid orders hold may come back: then the product is out of stock for now, and not sold out. */
function availabilityOf(product: ProductPage): string {
  if (!isSoldOut(product)) return 'InStock'
  return product.stockHeld ? 'OutOfStock' : 'SoldOut'
}

function priceOf(price: Price): { price: string; priceCurrency: string } {
  switch (price.mode) {
    case 'fixed':
      return { price: toDecimalString(fromApi(price.price)), priceCurrency: price.price.currency }
    case 'free':
      return { price: '0', priceCurrency: price.currency }
    case 'chosen':
      return { price: toDecimalString(fromApi(price.minimum)), priceCurrency: price.minimum.currency }
  }
}

function largestPictures(product: ProductPage): string[] {
  return product.pictures.flatMap(({ renditions }) => {
    const jpegs = renditions.filter(({ format }) => format === 'jpeg').toSorted((a, b) => b.width - a.width)
    const [largest] = jpegs
    return largest === undefined ? [] : [largest.url]
  })
}
