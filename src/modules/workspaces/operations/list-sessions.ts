import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { directoryTransaction, rows } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { deviceOf, networkKind } from '../rules/device.ts'
import type { SessionItem } from '../sign-in-schema.ts'
import { forgetActors } from './actor-cache.ts'
import { personIn } from './require-fresh.ts'

type Row = {
  id: string
  ip_address: string | null
  user_agent: string | null
  created_at: Date
  last_used_at: Date | null
}

const MOST_SHOWN = 100

/** The browsers in which the person is signed in, the last used first. @throws NotSignedIn */
export async function listSessions(ctx: Ctx): Promise<SessionItem[]> {
  const userId = personIn(ctx)
  const found = await directoryTransaction(ctx, (tx) =>
    rows<Row>(
      { tx },
      sql`SELECT id, ip_address, user_agent, created_at, last_used_at FROM sessions
          WHERE user_id = ${userId} AND expires_at > ${ctx.clock.now()}
          ORDER BY coalesce(last_used_at, created_at) DESC, id LIMIT ${MOST_SHOWN}`,
    ),
  )
  return found.map((row) => ({
    id: row.id,
    ...deviceOf(row.user_agent ?? ''),
    ip: row.ip_address === '' ? null : row.ip_address,
    network: networkKind(row.ip_address),
    openedAt: row.created_at.toISOString(),
    lastUsedAt: (row.last_used_at ?? row.created_at).toISOString(),
    current: row.id === ctx.session?.id,
  }))
}

/** Signs one browser of the person out, at once. @throws NotSignedIn, NotFound */
export async function endSession(ctx: Ctx, id: string): Promise<void> {
  const userId = personIn(ctx)
  const ended = await directoryTransaction(ctx, (tx) =>
    rows({ tx }, sql`DELETE FROM sessions WHERE id = ${id} AND user_id = ${userId} RETURNING id`),
  )
  if (ended.length === 0) throw new NotFound()
  forgetActors()
}

/** Signs every browser of the person out but the one that asks. @throws NotSignedIn */
export async function endOtherSessions(ctx: Ctx): Promise<void> {
  const userId = personIn(ctx)
  await directoryTransaction(ctx, (tx) =>
    rows(
      { tx },
      sql`DELETE FROM sessions WHERE user_id = ${userId} AND id <> ${ctx.session?.id ?? ctx.ids.next()}`,
    ),
  )
  forgetActors()
}
