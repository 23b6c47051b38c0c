import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { assert } from '../../../platform/errors.ts'
import { audit } from '../../workspaces/index.ts'
import { PeriodClosed } from '../errors.ts'
import { numberActor } from './open-accounts.ts'

/**
 * Closes the books for everything effective before `through`. It cannot be undone: corrections go into the open period.
 * Waits for every posting under way.
 * @throws PeriodClosed if the books are closed that far already, or `through` is still to come.
 */
export async function closePeriod(
  ctx: Ctx,
  { through, memo = '' }: { through: Date; memo?: string },
): Promise<{ openFrom: Date }> {
  authorise(ctx, 'ledger:write')
  return transaction(ctx, async (tx) => {
    const actor = await numberActor(tx)
    const [row] = await rows<{ answer: { outcome: 'closed' | 'refused'; openFrom: string } }>(
      tx,
      sql`SELECT ledger_close(${tx.workspaceId}, ${tx.clock.now()}, ${actor}, ${through}, ${memo}) AS answer`,
    )
    assert(row !== undefined, 'the ledger answers')
    const { outcome, openFrom } = row.answer
    if (outcome === 'refused')
      throw new PeriodClosed(openFrom === '-infinity' ? tx.clock.now() : new Date(openFrom))
    await audit(tx, {
      action: 'ledger.close',
      subjectKind: 'ledger-period',
      subjectId: openFrom,
      after: { through: openFrom, memo },
    })
    return { openFrom: new Date(openFrom) }
  })
}
