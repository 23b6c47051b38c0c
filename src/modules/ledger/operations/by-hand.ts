import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { DomainError } from '../../../platform/errors.ts'
import { audit } from '../../workspaces/index.ts'
import { toProblem } from '../errors.ts'
import type { PostOutcome } from '../schema.ts'
import { actorDimension } from './dimensions.ts'

/** The kind of entries and holds that a person, or a program in their name, makes without a sale or a payout behind them. */
export const MANUAL = 'manual'

/** The ledger's key for a key that somebody chose: two people may choose the same. */
export function keyByHand(ctx: Ctx, { idempotencyKey }: { idempotencyKey: string }): string {
  const { kind, id } = actorDimension(ctx.actor)
  return `manual/${kind}/${id}/${idempotencyKey}`.slice(0, 255)
}

/** The entry that was posted, now or before. @throws the problem of any other outcome */
export function entryOf(outcome: PostOutcome): string {
  if (outcome.outcome === 'posted' || outcome.outcome === 'replayed') return outcome.entryId
  if (outcome.outcome === 'key-reuse') throw keyReused()
  throw toProblem(outcome)
}

/** 409: the key was used for something else. */
export function keyReused(): DomainError {
  return new DomainError('idempotency-key-reuse', 409)
}

type Audited = { readonly id: string; readonly after: object }

/** Notes in the audit log what somebody did to an entry. */
export function auditEntry(ctx: TxCtx, action: string, { id, after }: Audited): Promise<void> {
  return audit(ctx, { action, subjectKind: 'ledger-entry', subjectId: id, after })
}

/** Notes in the audit log what somebody did to a hold. */
export function auditHold(ctx: TxCtx, action: string, { id, after }: Audited): Promise<void> {
  return audit(ctx, { action, subjectKind: 'ledger-hold', subjectId: id, after })
}
