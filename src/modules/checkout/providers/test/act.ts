import { z } from 'zod'
import type { Ctx, TxCtx } from '../../../../platform/ctx.ts'
import { transaction } from '../../../../platform/database/transaction.ts'
import { assert, NotFound } from '../../../../platform/errors.ts'
import { defineJob, enqueue, publish } from '../../../../platform/jobs/jobs.ts'
import { bookTestPayment, lockTestPayment, type TestPayment, type TestStatus } from './books.ts'
import { deliverTestMessage, testMessageDue, type TestMessage } from './deliver.ts'

/** What can be done on the payment page. */
export const TEST_ACTIONS = ['pay', 'decline', 'challenge', 'cancel', 'delay'] as const

const DELAY_SECONDS = 20

/**
 * An action, and, for tests, how the provider's messages about it travel and what else goes wrong. Left out, each
 * message arrives once and at once.
 */
export const testActionSchema = z.object({
  action: z.enum(TEST_ACTIONS),
  /** `reversed` sends the message about an earlier state after the last one. */
  delivery: z.enum(['once', 'twice', 'late', 'lost', 'reversed']).default('once'),
  /** How late `late` is. */
  lateSeconds: z.number().int().min(1).max(3600).default(30),
  /** How long the settlement of `delay` takes. */
  settleSeconds: z.number().int().min(1).max(3600).default(DELAY_SECONDS),
  /** What the payer paid, in minor units, where it is another amount than was asked for. */
  amountMinor: z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .optional(),
})

/** See testActionSchema. */
export type TestAction = z.infer<typeof testActionSchema>

const STATUS_AFTER: Readonly<Record<TestAction['action'], TestStatus>> = {
  pay: 'paid',
  decline: 'declined',
  challenge: 'challenge',
  cancel: 'cancelled',
  delay: 'processing',
}

/**
 * Does what the payer, or a test, chose. A payment that is settled stays as it is, so a doubled form changes nothing.
 * @throws NotFound
 */
export async function actOnTestPayment(ctx: Ctx, id: string, input: TestAction): Promise<TestPayment> {
  return transaction(ctx, async (tx) => {
    const payment = await lockTestPayment(tx, id)
    if (payment === undefined) throw new NotFound()
    if (payment.status !== 'open' && payment.status !== 'challenge') return payment
    if (input.action === 'challenge' && payment.status === 'challenge') return payment
    const status = STATUS_AFTER[input.action]
    const now = ctx.clock.now().getTime()
    const settlesAt = status === 'processing' ? new Date(now + input.settleSeconds * 1000) : undefined
    const amountMinor = input.amountMinor === undefined ? undefined : BigInt(input.amountMinor)
    bookTestPayment(tx, id, { status, settlesAt, amountMinor })
    if (status !== 'challenge') await tell(tx, { payment: id, status }, input)
    if (settlesAt !== undefined) {
      await enqueue(tx, settleTestPayment, { payment: id, input }, { startAfter: settlesAt })
    }
    return { ...payment, status, settlesAt: settlesAt ?? null }
  })
}

const settlementSchema = z.object({ payment: z.uuid(), input: testActionSchema })

/** Books a delayed settlement when its time has come, and tells the store. */
export const settleTestPayment = defineJob({
  name: 'settle-test-payment',
  schema: settlementSchema,
  handler: async (ctx, inputs) => {
    for (const one of inputs) await settle(ctx, one)
  },
})

async function settle(ctx: Ctx, { payment: id, input }: z.infer<typeof settlementSchema>): Promise<void> {
  await transaction(ctx, async (tx) => {
    const payment = await lockTestPayment(tx, id)
    // The queue's clock may run ahead of ours; the job then comes again.
    assert(payment?.status !== 'processing', 'a settlement comes after its time')
    if (payment?.status !== 'paid' || payment.settlesAt === null) return
    bookTestPayment(tx, id, { status: 'paid' })
    await tell(tx, { payment: id, status: 'paid' }, input)
  })
}

async function tell(
  ctx: TxCtx,
  about: { payment: string; status: TestStatus },
  input: TestAction,
): Promise<void> {
  const message: TestMessage = { ...about, eventId: `${about.payment}-${about.status}` }
  const later = new Date(ctx.clock.now().getTime() + input.lateSeconds * 1000)
  switch (input.delivery) {
    case 'lost':
      return
    case 'once':
      return publish(ctx, testMessageDue, message)
    case 'twice':
      await publish(ctx, testMessageDue, message)
      return publish(ctx, testMessageDue, message)
    case 'late':
      return enqueue(ctx, deliverTestMessage, message, { startAfter: later })
    case 'reversed': {
      await publish(ctx, testMessageDue, message)
      const earlier: TestMessage = { ...about, status: 'open', eventId: `${about.payment}-open` }
      await enqueue(ctx, deliverTestMessage, earlier, {
        startAfter: new Date(ctx.clock.now().getTime() + 1000),
      })
    }
  }
}
