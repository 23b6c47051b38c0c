import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { queueMessages } from '../../../platform/mail/queue-message.ts'
import { listOwners } from '../../workspaces/index.ts'
import type { Alarm, Dimension } from '../rules/concentration.ts'
import { concentrationMail } from './concentration-mail.ts'
import { nameOf, type Ground } from './concentration-ground.ts'
import { lockWatch } from './concentration-watch.ts'
import { findAlarms } from './read-alarms.ts'
import { completeMonths } from './read-earned-parts.ts'
import { tellAlarm, type FoundAlarm } from './tell-alarm.ts'

type Over = { readonly by: Dimension; readonly kind: Alarm['kind'] }

/**
 * Looks at the month that has just ended, once: what is over its limit and was not at the last look is told to the owners,
 * each in their language, if they want mails and a mail server is there. What fell under may be told again another time.
 */
export async function watchConcentration(ctx: Ctx): Promise<void> {
  await transaction(ctx, async (tx) => {
    const { mails, checkedMonth } = await lockWatch(tx)
    const month = completeMonths(ctx.clock.now(), { months: 1 }).at(-1)?.label
    if (month === undefined || (checkedMonth !== null && checkedMonth >= month)) return
    const found = await findAlarms(tx, 'gregorian')
    const fresh = await keepAlarms(tx, found?.alarms ?? [], month)
    await rows(
      tx,
      sql`UPDATE concentration_watches SET checked_month = ${month} WHERE workspace_id = ${tx.workspaceId}`,
    )
    if (found !== undefined && fresh.length > 0 && mails && ctx.mail !== undefined)
      await mailOwners(tx, { ground: found.ground, alarms: fresh, month })
  })
}

/** Keeps which limits are over. @returns those that were not */
async function keepAlarms(ctx: TxCtx, alarms: readonly FoundAlarm[], month: string): Promise<FoundAlarm[]> {
  const before = await rows<Over>(
    ctx,
    sql`SELECT dimension AS by, kind FROM concentration_alarms WHERE workspace_id = ${ctx.workspaceId}`,
  )
  const isSame = (one: Over) => (other: Over) => one.by === other.by && one.kind === other.kind
  for (const gone of before.filter((one) => !alarms.some(isSame(one))))
    await rows(
      ctx,
      sql`DELETE FROM concentration_alarms
          WHERE workspace_id = ${ctx.workspaceId} AND dimension = ${gone.by} AND kind = ${gone.kind}`,
    )
  const fresh = alarms.filter((one) => !before.some(isSame(one)))
  for (const { by, kind } of fresh)
    await rows(
      ctx,
      sql`INSERT INTO concentration_alarms (workspace_id, dimension, kind, since)
          VALUES (${ctx.workspaceId}, ${by}, ${kind}, ${month})`,
    )
  return fresh
}

type News = { readonly ground: Ground; readonly alarms: readonly FoundAlarm[]; readonly month: string }

async function mailOwners(ctx: TxCtx, { ground, alarms, month }: News): Promise<void> {
  const told = oneEach(alarms)
  const owners = await listOwners(ctx)
  await queueMessages(
    ctx,
    owners.map(({ email, name, locale }) => ({
      ...concentrationMail({
        locale,
        name,
        sentences: told.map((alarm) => tellAlarm(alarm, nameOf(ground, alarm, locale), locale)),
        url: `${ctx.config.publicUrl}/dashboard/streams/concentration`,
      }),
      fromName: 'Rafid',
      dedupeKey: `concentration/${month}/${email}`,
      to: { email, name },
    })),
  )
}

/** Of a dimension whose two limits are over, the one that names the largest says more. */
function oneEach(alarms: readonly FoundAlarm[]): FoundAlarm[] {
  return [...Map.groupBy(alarms, ({ by }) => by).values()].flatMap((its) =>
    its.filter((one) => one.kind === 'largest' || its.length === 1),
  )
}
