import { etsy } from './etsy.ts'
import { gumroad } from './gumroad.ts'
import { kdp } from './kdp.ts'
import { paypal } from './paypal.ts'
import { stripe } from './stripe.ts'
import { placeColumns, type Importer, type Places } from './importer.ts'

/** The files that are known by their headers. To add one, write its importer and add it here. */
export const importers: readonly Importer[] = [gumroad, stripe, paypal, etsy, kdp]

/** An importer and where its columns stand. */
export type Recognised = { readonly importer: Importer; readonly places: Places }

/** The importer whose file has this header: of several, the one that wants most of it. */
export function recognise(header: readonly string[]): Recognised | undefined {
  const found = importers.flatMap((importer) => {
    const places = placeColumns(importer, header)
    return places === undefined ? [] : [{ importer, places }]
  })
  return found.toSorted((left, right) => right.importer.required.length - left.importer.required.length)[0]
}
