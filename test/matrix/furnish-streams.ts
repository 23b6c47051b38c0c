import { enterHours } from '../../src/modules/streams/operations/hours.ts'
import { createStream } from '../../src/modules/streams/operations/create-stream.ts'
import { enterMoney } from '../../src/modules/streams/operations/enter-money.ts'
import { addRecurring } from '../../src/modules/streams/operations/recurring.ts'
import { newHoursSchema } from '../../src/modules/streams/hours-schema.ts'
import { newMoneySchema, newRecurringSchema } from '../../src/modules/streams/money-schema.ts'
import { newStreamSchema } from '../../src/modules/streams/schema.ts'
import type { Ctx } from '../../src/platform/ctx.ts'

/** A stream with money, hours and something that recurs, by what they are called in the house. */
export async function furnishStreams(ctx: Ctx): Promise<Record<string, string>> {
  const stream = await createStream(
    ctx,
    newStreamSchema.parse({ kind: 'service', name: 'Translation', currency: 'SAR' }),
  )
  const money = { kind: 'income', amount: { amount: '500', currency: 'SAR' }, on: '2026-01-05' }
  const enter = (idempotencyKey: string) =>
    enterMoney(ctx, { streamId: stream.id, money: newMoneySchema.parse(money), idempotencyKey })
  const hours = await enterHours(
    ctx,
    newHoursSchema.parse({ streamId: stream.id, day: '2026-01-05', minutes: 45 }),
  )
  const recurring = await addRecurring(
    ctx,
    newRecurringSchema.parse({
      streamId: stream.id,
      kind: 'cost',
      amount: money.amount,
      every: 'month',
      beginsOn: '2026-01-01',
    }),
  )
  return {
    stream: stream.id,
    'stream-entry': (await enter('a')).id,
    'stream-mistake': (await enter('b')).id,
    'stream-hours': hours.id,
    recurring: recurring.id,
  }
}
