import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeMember, makeWorkspace } from '../../../test/support/workspace.ts'
import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import { transaction } from '../../platform/database/transaction.ts'
import { closePeriod, mustPost } from '../ledger/index.ts'
import { newHoursSchema } from './hours-schema.ts'
import { newMoneySchema, newRecurringSchema, type NewMoney } from './money-schema.ts'
import { createStream } from './operations/create-stream.ts'
import { correctMoney, enterMoney, reverseMoney } from './operations/enter-money.ts'
import { enterHours, listHours, removeHours } from './operations/hours.ts'
import { listMoney } from './operations/list-money.ts'
import { postDueRecurring } from './operations/post-recurring.ts'
import { readMonthly } from './operations/read-monthly.ts'
import { addRecurring, endRecurring, listRecurring } from './operations/recurring.ts'
import { findTimer, startTimer, stopTimer } from './operations/timer.ts'
import { updateStream } from './operations/update-stream.ts'
import { newStreamSchema } from './schema.ts'

let services: TestServices
beforeAll(async () => {
  services = await testServices({ clock: standingClock('2026-03-10T08:00:00Z') })
})

type World = { ctx: Ctx; streamId: string; clock: ReturnType<typeof standingClock> }

/** A workspace whose owner acts at a time of their own, with one stream. */
async function world(): Promise<World> {
  const { workspaceId, owner } = await makeWorkspace(services)
  const clock = standingClock('2026-03-10T08:00:00Z')
  const ctx: Ctx = {
    ...systemCtx({ ...services, clock }, workspaceId),
    actor: { kind: 'member', userId: owner.userId, role: 'owner' },
  }
  const input = newStreamSchema.parse({ kind: 'channel', name: 'قناة', currency: 'SAR' })
  return { ctx, streamId: (await createStream(ctx, input)).id, clock }
}

const sar = (amount: string) => ({ amount, currency: 'SAR' })
const income = (amount: string, on: string, more: object = {}): NewMoney =>
  newMoneySchema.parse({ kind: 'income', amount: sar(amount), on, ...more })

const list = async ({ ctx, streamId }: World) => (await listMoney(ctx, { streamId, limit: 50 })).items
const incomeByMonth = async ({ ctx }: World) =>
  (await readMonthly(ctx, { from: '2025-01', to: '2026-12' })).map(({ month, money }) => [
    month,
    money[0]?.incomeMinor,
  ])

describe('money by hand', () => {
  test('is there once however often it is sent, and another wish under its key is refused', async () => {
    const { ctx, streamId } = await world()
    const send = (amount: string) =>
      enterMoney(ctx, {
        streamId,
        money: income(amount, '2026-03-01', { note: 'مارس' }),
        idempotencyKey: 'a',
      })
    const first = await send('1250')
    expect(first).toMatchObject({
      on: '2026-03-01',
      parts: [{ kind: 'income', amount: { amount: '1250', currency: 'SAR' } }],
      note: 'مارس',
      origin: 'hand',
      reversed: false,
    })
    expect(await send('1250')).toEqual(first)
    await expect(send('1251')).rejects.toMatchObject({ slug: 'idempotency-key-reuse' })
  })

  test('of a day that has not come anywhere is refused; tomorrow has, in the east', async () => {
    const { ctx, streamId, clock } = await world()
    const enter = (on: string) => enterMoney(ctx, { streamId, money: income('1', on), idempotencyKey: on })
    await expect(enter('2026-03-11')).rejects.toMatchObject({ errors: [{ pointer: '/on' }] })
    clock.advance(3 * 3_600_000)
    expect(await enter('2026-03-11')).toMatchObject({ on: '2026-03-11' })
  })

  test('in a closed period is refused', async () => {
    const { ctx, streamId } = await world()
    await closePeriod(ctx, { through: new Date('2026-02-01T00:00:00Z'), memo: '' })
    await expect(
      enterMoney(ctx, { streamId, money: income('1', '2026-01-31'), idempotencyKey: 'a' }),
    ).rejects.toMatchObject({ slug: 'period-closed' })
  })

  test('is taken back on its own day, once; its month is as if it had not been', async () => {
    const here = await world()
    const { ctx, streamId } = here
    const entry = await enterMoney(ctx, { streamId, money: income('500', '2026-01-15'), idempotencyKey: 'a' })
    expect(await reverseMoney(ctx, { streamId, entryId: entry.id })).toMatchObject({ reversed: true })
    await expect(reverseMoney(ctx, { streamId, entryId: entry.id })).rejects.toMatchObject({
      slug: 'already-reversed',
    })
    expect((await list(here)).map(({ origin, on, parts }) => [origin, on, parts[0]?.amount.amount])).toEqual([
      ['reversal', '2026-01-15', '-500'],
      ['hand', '2026-01-15', '500'],
    ])
    expect(await incomeByMonth(here)).toEqual([['2026-01', 0n]])
  })

  test('of a month that was closed since is taken back from now on', async () => {
    const here = await world()
    const { ctx, streamId } = here
    const entry = await enterMoney(ctx, { streamId, money: income('500', '2026-01-15'), idempotencyKey: 'a' })
    await closePeriod(ctx, { through: new Date('2026-02-01T00:00:00Z'), memo: '' })
    await reverseMoney(ctx, { streamId, entryId: entry.id })
    expect(await incomeByMonth(here)).toEqual([
      ['2026-01', 500n],
      ['2026-03', -500n],
    ])
  })

  test('is corrected: the wrong one is taken back and the right one there, once', async () => {
    const here = await world()
    const { ctx, streamId } = here
    const { id } = await enterMoney(ctx, {
      streamId,
      money: income('500', '2026-01-15'),
      idempotencyKey: 'a',
    })
    const correct = () =>
      correctMoney(ctx, { streamId, entryId: id, money: income('50', '2026-02-15'), idempotencyKey: 'b' })
    const right = await correct()
    expect(await correct()).toEqual(right)
    expect(await incomeByMonth(here)).toEqual([
      ['2026-01', 0n],
      ['2026-02', 50n],
    ])
    expect(await list(here)).toHaveLength(3)
  })

  test('of another stream, or a sale, cannot be taken back here', async () => {
    const [here, there] = [await world(), await world()]
    const { id } = await enterMoney(there.ctx, {
      streamId: there.streamId,
      money: income('5', '2026-01-15'),
      idempotencyKey: 'a',
    })
    await expect(reverseMoney(here.ctx, { streamId: here.streamId, entryId: id })).rejects.toMatchObject({
      slug: 'not-found',
    })
    const [sale] = await transaction(here.ctx, (tx) =>
      mustPost(tx, [
        {
          key: 'sale',
          kind: 'sale',
          source: { kind: 'order', id: services.ids.next() },
          postings: [
            { account: '1150.test', currency: 'SAR', amountMinor: 9n },
            {
              account: '4000',
              currency: 'SAR',
              amountMinor: -9n,
              stream: { kind: 'stream', id: here.streamId },
            },
          ],
        },
      ]),
    )
    expect(await list(here)).toMatchObject([{ origin: 'sale' }])
    await expect(
      reverseMoney(here.ctx, { streamId: here.streamId, entryId: sale?.entryId ?? '' }),
    ).rejects.toMatchObject({ slug: 'not-found' })
  })
})

describe('what recurs', () => {
  const monthly = (streamId: string, change: object = {}) =>
    newRecurringSchema.parse({
      streamId,
      kind: 'income',
      amount: sar('100'),
      every: 'month',
      beginsOn: '2026-01-31',
      ...change,
    })

  test('is posted when it is due, each time once, however often the job runs and wherever it stops', async () => {
    const here = await world()
    const { ctx, streamId, clock } = here
    expect(await addRecurring(ctx, monthly(streamId))).toMatchObject({ nextOn: '2026-03-31' })
    expect(await incomeByMonth(here)).toEqual([
      ['2026-01', 100n],
      ['2026-02', 100n],
    ])
    expect(await postDueRecurring(ctx)).toBe(0)
    clock.advance(60 * 86_400_000)
    expect(
      (await Promise.all([postDueRecurring(ctx), postDueRecurring(ctx)])).toSorted(
        (left, right) => left - right,
      ),
    ).toEqual([0, 2])
    expect(await incomeByMonth(here)).toHaveLength(4)
    expect((await list(here)).map(({ origin }) => origin)).toEqual(Array(4).fill('recurring'))
  })

  test('twice in the same time is warned of, unless it is meant', async () => {
    const { ctx, streamId } = await world()
    await addRecurring(ctx, monthly(streamId, { endsOn: '2026-02-28' }))
    await expect(addRecurring(ctx, monthly(streamId))).rejects.toMatchObject({ slug: 'recurring-overlaps' })
    await addRecurring(ctx, monthly(streamId, { allowOverlap: true }))
    await addRecurring(ctx, monthly(streamId, { kind: 'cost' }))
    await addRecurring(ctx, monthly(streamId, { amount: { amount: '1', currency: 'KWD' } }))
    expect((await listRecurring(ctx, { streamId, limit: 10 })).items).toHaveLength(4)
  })

  test('that was ended, or whose stream was archived, comes no more', async () => {
    const here = await world()
    const { ctx, streamId, clock } = here
    const { id } = await addRecurring(ctx, monthly(streamId))
    expect(await endRecurring(ctx, id)).toMatchObject({ endsOn: '2026-03-30', nextOn: null })
    await addRecurring(ctx, monthly(streamId, { kind: 'cost' }))
    await updateStream(ctx, { id: streamId, change: { archived: true } })
    clock.advance(90 * 86_400_000)
    expect(await postDueRecurring(ctx)).toBe(0)
    expect(await list(here)).toHaveLength(4)
  })

  test('of days in a closed period comes on the first open one', async () => {
    const here = await world()
    await closePeriod(here.ctx, { through: new Date('2026-03-01T21:00:00Z'), memo: '' })
    await addRecurring(here.ctx, monthly(here.streamId))
    expect((await list(here)).map(({ on }) => on)).toEqual(['2026-03-02', '2026-03-02'])
  })

  test('from more than ten years ago is refused', async () => {
    const { ctx, streamId } = await world()
    await expect(addRecurring(ctx, monthly(streamId, { beginsOn: '2016-03-09' }))).rejects.toMatchObject({
      errors: [{ pointer: '/beginsOn' }],
    })
  })
})

describe('hours', () => {
  const hours = (streamId: string, minutes: number, change: object = {}) =>
    newHoursSchema.parse({ streamId, minutes, day: '2026-03-09', ...change })

  test('are entered and taken out, and a day has twenty-four', async () => {
    const { ctx, streamId } = await world()
    const { id } = await enterHours(ctx, hours(streamId, 1_000, { purpose: 'building' }))
    await expect(enterHours(ctx, hours(streamId, 441))).rejects.toMatchObject({
      errors: [{ pointer: '/minutes' }],
    })
    await enterHours(ctx, hours(streamId, 440))
    expect(await readMonthly(ctx, { from: '2026-03', to: '2026-03' })).toMatchObject([
      { streamId, upkeepMinutes: 440, buildingMinutes: 1_000, money: [] },
    ])
    await removeHours(ctx, id)
    expect((await listHours(ctx, { streamId, limit: 10 })).items).toMatchObject([{ minutes: 440 }])
  })

  test.each([-5, 0, 1_441, 0.5])('of %d minutes are refused kindly', (minutes) => {
    const { error } = newHoursSchema.safeParse({ streamId: services.ids.next(), day: '2026-03-09', minutes })
    expect(error?.issues.map(({ message }) => message)).toContain('problems.field.minutes')
  })

  test('by the clock: one for each person, wherever they are, counted on the day it was started', async () => {
    const { ctx, streamId, clock } = await world()
    await startTimer(ctx, { streamId, purpose: 'upkeep' })
    await expect(startTimer(ctx, { streamId, purpose: 'building' })).rejects.toMatchObject({
      slug: 'timer-running',
    })
    const other = await makeMember(services, ctx.workspaceId ?? '', { role: 'admin' })
    const theirs: Ctx = { ...ctx, actor: { kind: 'member', userId: other.userId, role: 'admin' } }
    expect(await findTimer(theirs)).toBeUndefined()
    await startTimer(theirs, { streamId, purpose: 'building' })
    clock.advance(95 * 60_000)
    expect(await findTimer(ctx)).toMatchObject({ streamName: 'قناة', startedAt: '2026-03-10T08:00:00.000Z' })
    expect(await stopTimer(ctx, { discard: false, note: '' })).toMatchObject({
      minutes: 95,
      day: '2026-03-10',
    })
    await expect(stopTimer(ctx, { discard: false, note: '' })).rejects.toMatchObject({ slug: 'not-found' })
    expect(await stopTimer(theirs, { discard: true, note: '' })).toBeUndefined()
  })

  test('of a clock that was left running are asked for, and what is said counts', async () => {
    const { ctx, streamId, clock } = await world()
    await startTimer(ctx, { streamId, purpose: 'upkeep' })
    clock.advance(31 * 3_600_000)
    await expect(stopTimer(ctx, { discard: false, note: '' })).rejects.toMatchObject({
      slug: 'timer-forgotten',
      fields: { hours: 31 },
    })
    expect(await stopTimer(ctx, { discard: false, note: '', minutes: 30 })).toMatchObject({ minutes: 30 })
  })
})
