import { z } from 'zod'

/** What the catalogue has to know of a product kind; the rest of the kind is in fulfilment/kinds. */
export type ProductKind = {
  readonly name: string
  /** Parses the kind's own settings of a product; `{}` must be acceptable. */
  readonly settings: z.ZodType<Record<string, unknown>>
  /** Whether a product of this kind cannot be sold before an edition with at least one file is there. */
  readonly needsFiles: boolean
}

const kinds = new Map<string, ProductKind>([
  ['download', { name: 'download', settings: z.strictObject({}), needsFiles: true }],
])

/** Makes a kind known to the catalogue; fulfilment/kinds calls it once for each kind that it lists. */
export function registerProductKind(kind: ProductKind): void {
  kinds.set(kind.name, kind)
}

/** The kind of that name, or undefined. */
export function findProductKind(name: string): ProductKind | undefined {
  return kinds.get(name)
}
