/** What publishing looks at. */
export type Readiness = {
  title: { ar: string; en: string }
  priceCount: number
  /** Files of the edition that buyers would get. */
  fileCount: number
  needsFiles: boolean
}

/** What a product still lacks before it can be sold: pointers to the places and catalogue keys of the sentences. */
export function missingForSale(product: Readiness): { pointer: string; detail: string }[] {
  const missing: { pointer: string; detail: string }[] = []
  if (product.title.ar === '' && product.title.en === '')
    missing.push({ pointer: '/title', detail: 'catalog.missing.title' })
  if (product.priceCount === 0) missing.push({ pointer: '/prices', detail: 'catalog.missing.price' })
  if (product.needsFiles && product.fileCount === 0)
    missing.push({ pointer: '/versions', detail: 'catalog.missing.files' })
  return missing
}
