import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import type { Calendar } from '../../../shared/dates.ts'
import { toApi } from '../../../shared/money.ts'
import type { ApiAlarms } from '../concentration-schema.ts'
import { alarmsOf, TOLD_FROM_MONTHS, WINDOW_MONTHS } from '../rules/concentration.ts'
import { LOOK_BACK_MONTHS } from '../rules/coverage.ts'
import { coverageWithout, figuresOf, nameOf, readGround, type Ground } from './concentration-ground.ts'
import { concentrationLimitsOf } from './concentration-limits.ts'
import { tellAlarm, type FoundAlarm } from './tell-alarm.ts'

/** What is over a limit, each in words; nothing before there are three complete months. */
export async function readAlarms(ctx: Ctx, { calendar }: { calendar: Calendar }): Promise<ApiAlarms> {
  authorise(ctx, 'streams:read')
  return transaction(ctx, async (tx) => {
    const found = await findAlarms(tx, calendar)
    if (found === undefined) return { items: [] }
    const { ground, alarms } = found
    return {
      items: alarms.map((alarm) => {
        const { leftMinor, currency, ...told } = alarm
        const name = nameOf(ground, alarm, ctx.locale)
        return {
          ...told,
          name,
          left: toApi({ amountMinor: leftMinor, currency }),
          text: tellAlarm(alarm, name, ctx.locale),
        }
      }),
    }
  })
}

/** What is over a limit, by dimension in their order; undefined while there is too little to judge by. */
export async function findAlarms(
  ctx: TxCtx,
  calendar: Calendar,
): Promise<{ ground: Ground; alarms: FoundAlarm[] } | undefined> {
  const ground = await readGround(ctx, { calendar, months: LOOK_BACK_MONTHS })
  if (ground === undefined || ground.months.length < TOLD_FROM_MONTHS) return undefined
  const limits = await concentrationLimitsOf(ctx)
  const window = ground.months.slice(-WINDOW_MONTHS)
  const alarms = limits.flatMap((its) => {
    const figures = figuresOf(ground, its.by, window)
    const [largest] = figures.shares
    const over = alarmsOf(figures, its)
    if (largest === undefined || over.length === 0) return []
    const { without } = coverageWithout(ground, its.by, largest.key)
    const leftMinor = without.markers.find(({ name }) => name === 'usual')?.netMinor ?? 0n
    const step = without.steps.find((one) => one.step === 'all')
    const about = {
      by: its.by,
      key: largest.key,
      currency: ground.currency,
      leftMinor,
      leftShare: step?.covered.usual ?? null,
    }
    return over.map((alarm) => ({ ...alarm, ...about }))
  })
  return { ground, alarms }
}
