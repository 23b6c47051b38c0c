import { sql } from 'drizzle-orm'
import { authorise } from '../authorise.ts'
import type { Ctx } from '../ctx.ts'
import { statement } from '../database/transaction.ts'
import type { MessageStatus } from './message.ts'

/** In which of these states some mail of the workspace is, in the order asked. @throws NotAllowed without `messages:read` */
export async function whichStates<State extends MessageStatus>(
  ctx: Ctx,
  states: readonly State[],
): Promise<State[]> {
  authorise(ctx, 'messages:read')
  const found = await statement<{ state: string }>(
    ctx,
    sql`SELECT state FROM unnest(string_to_array(${states.join(' ')}, ' ')) AS state
        WHERE EXISTS (SELECT FROM messages WHERE workspace_id = ${ctx.workspaceId} AND status = state)`,
  )
  const there = new Set(found.map(({ state }) => state))
  return states.filter((state) => there.has(state))
}
