import type { Actor, TxCtx } from '../../../platform/ctx.ts'
import type { Database } from '../../../platform/database/database.ts'
import { afterCommit } from '../../../platform/database/transaction.ts'
import type { Stream } from '../schema.ts'

/** Numbers that are committed: a dimension never changes its number and is never removed, so they hold for good. */
const known = new WeakMap<Database, Map<string, number>>()
const MOST_KNOWN = 100_000

/** Who acts, as the ledger remembers it: no name, no address. */
export function actorDimension(actor: Actor): Stream {
  switch (actor.kind) {
    case 'member':
      return { kind: 'member', id: actor.userId }
    case 'token':
      return { kind: 'token', id: actor.tokenId }
    default:
      return { kind: actor.kind, id: '' }
  }
}

/** The number of a dimension, if this process has seen it committed. */
export function knownDimension(ctx: TxCtx, dimension: Stream): number | undefined {
  return known.get(ctx.database)?.get(keyOf(ctx.workspaceId, dimension))
}

/** Remembers numbers once the transaction that may have given them out has committed. */
export function rememberDimensions(
  ctx: TxCtx,
  dimensions: readonly Stream[],
  numbers: readonly number[],
): void {
  afterCommit(ctx, () => {
    let map = known.get(ctx.database)
    if (map === undefined || map.size > MOST_KNOWN) known.set(ctx.database, (map = new Map<string, number>()))
    for (const [at, dimension] of dimensions.entries()) {
      const number = numbers[at]
      if (number !== undefined) map.set(keyOf(ctx.workspaceId, dimension), number)
    }
  })
}

function keyOf(workspaceId: string, { kind, id }: Stream): string {
  return `${workspaceId} ${kind} ${id}`
}
