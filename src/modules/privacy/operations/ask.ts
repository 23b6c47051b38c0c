import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { DomainError, NotSignedIn } from '../../../platform/errors.ts'
import { enqueue, type JobRef } from '../../../platform/jobs/jobs.ts'
import { audit, requireFresh } from '../../workspaces/index.ts'
import type { AskPrivacy, PrivacyRequest } from '../schema.ts'
import { findRequest, toRequest } from './read-requests.ts'

const inputSchema = z.object({ id: z.uuid() })

/** Puts an archive together. */
export const makeArchiveRef: JobRef<{ id: string }> = { name: 'make-archive', schema: inputSchema }

/** Erases a buyer. */
export const eraseBuyerRef: JobRef<{ id: string }> = { name: 'erase-buyer', schema: inputSchema }

/**
 * Asks for all that is kept about a customer, or for its erasure; a job does it. The log names the request and not the
 * person, since it can never be changed.
 * @throws FreshAuthenticationRequired for a person who has not proven lately who they are
 */
export async function askPrivacy(ctx: Ctx, { kind, email }: AskPrivacy): Promise<PrivacyRequest> {
  authorise(ctx, 'customers:write')
  requireFresh(ctx)
  return transaction(ctx, async (tx) => {
    const id = await insert(tx, { kind, about: 'buyer', email, userId: null })
    await audit(tx, { action: `customer.${kind}`, subjectKind: 'privacy-request', subjectId: id })
    await enqueue(tx, kind === 'export' ? makeArchiveRef : eraseBuyerRef, { id })
    return toRequest(await findRequest(tx, id))
  })
}

/**
 * Asks for all that this workspace, and the account, hold about oneself.
 * @throws FreshAuthenticationRequired, `workspace-required` for a person who has chosen no workspace
 */
export async function askOwnExport(ctx: Ctx): Promise<PrivacyRequest> {
  const { actor } = ctx
  if (actor.kind === 'person') throw new DomainError('workspace-required', 403)
  if (actor.kind !== 'member') throw new NotSignedIn()
  requireFresh(ctx)
  return transaction(ctx, async (tx) => {
    const id = await insert(tx, { kind: 'export', about: 'member', email: null, userId: actor.userId })
    await audit(tx, { action: 'person.export', subjectKind: 'person', subjectId: actor.userId })
    await enqueue(tx, makeArchiveRef, { id })
    return toRequest(await findRequest(tx, id))
  })
}

type Wish = {
  kind: 'export' | 'erasure'
  about: 'buyer' | 'member'
  email: string | null
  userId: string | null
}

async function insert(ctx: TxCtx, { kind, about, email, userId }: Wish): Promise<string> {
  const { actor } = ctx
  const by = actor.kind === 'member' || actor.kind === 'token' ? actor.userId : undefined
  if (by === undefined) throw new NotSignedIn()
  const id = ctx.ids.next()
  await rows(
    ctx,
    sql`INSERT INTO privacy_requests (workspace_id, id, kind, about, email, user_id, requested_by, status, created_at)
        VALUES (${ctx.workspaceId}, ${id}, ${kind}, ${about}, ${email}, ${userId}, ${by}, 'waiting', ${ctx.clock.now()})`,
  )
  return id
}
