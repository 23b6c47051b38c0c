import { registerProductKind } from '../../catalog/index.ts'
import { download } from './download/index.ts'
import type { ProductKind } from './kind.ts'

/** Every product kind; to add one, write its folder and put it here. */
const kinds: readonly ProductKind[] = [download]

const byName = new Map(kinds.map((kind) => [kind.name, kind]))
for (const kind of kinds) registerProductKind(kind)

/** The kind of that name. @throws if the program does not know it: rows name only kinds that were registered. */
export function getProductKind(name: string): ProductKind {
  const kind = byName.get(name)
  if (kind === undefined) throw new Error(`assertion failed: unknown product kind ${name}`)
  return kind
}
