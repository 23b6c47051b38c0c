import { z } from 'zod'
import { refuseInsideTransaction } from '../../../../platform/database/database.ts'
import { transaction } from '../../../../platform/database/transaction.ts'
import { NotFound } from '../../../../platform/errors.ts'
import { ProviderUnavailable } from '../../errors.ts'
import type { ObservedPayment } from '../../rules/payment-state.ts'
import type { PaymentProvider, ProviderEvent, RefundOutcome, StartedPayment } from '../port.ts'
import {
  bookTestRefund,
  findTestPayment,
  lockTestPayment,
  openTestPayment,
  type TestPayment,
} from './books.ts'
import { verifyMessage } from './signature.ts'
import { testSecret } from './secret.ts'

const NAME = 'test'

const messageSchema = z.object({ data: z.object({ payment: z.uuid() }) })

/** A provider that moves no money: it keeps books of its own and shows a page on which one can pay, decline and cancel. */
export const testProvider: PaymentProvider = {
  name: NAME,
  test: true,

  // Its page is ours, but visitors may have come by another name of this server than the public one.
  formOrigins: (ctx) => [new URL(ctx.config.publicUrl).origin],

  async start(ctx, payment): Promise<StartedPayment> {
    refuseInsideTransaction(NAME)
    const booked = await openTestPayment(ctx, payment)
    if (booked.faulty) throw new ProviderUnavailable(NAME)
    return {
      reference: booked.id,
      redirectUrl: `${ctx.config.publicUrl}/pay/test/${ctx.workspaceId ?? ''}/${booked.id}`,
    }
  },

  async fetch(ctx, reference): Promise<ObservedPayment> {
    refuseInsideTransaction(NAME)
    const payment = await findTestPayment(ctx, reference)
    if (payment === undefined) throw new NotFound()
    if (payment.faulty) throw new ProviderUnavailable(NAME)
    return observe(payment)
  },

  async refund(ctx, { key, reference, money }): Promise<RefundOutcome> {
    refuseInsideTransaction(NAME)
    const booked = await transaction(ctx, async (tx) => {
      const payment = await lockTestPayment(tx, reference)
      if (payment?.status !== 'paid') return undefined
      return bookTestRefund(tx, { key, paymentId: reference, amountMinor: money.amountMinor })
    })
    if (booked === undefined) return { status: 'failed', reason: 'not-refundable' }
    if (booked.faulty) throw new ProviderUnavailable(NAME)
    return { status: 'done', reference: booked.id }
  },

  async verifyWebhook(ctx, { headers, body }): Promise<ProviderEvent | undefined> {
    const eventId = verifyMessage(testSecret(ctx), { headers, body, now: ctx.clock.now() })
    if (eventId === undefined) return undefined
    const message = messageSchema.safeParse(parseJson(body))
    return message.success ? { eventId, reference: message.data.data.payment } : undefined
  },
}

function observe(payment: TestPayment): ObservedPayment {
  return {
    status: payment.status === 'challenge' ? 'open' : payment.status,
    currency: payment.currency,
    amountMinor: payment.amountMinor,
    ...(payment.status === 'declined' ? { declineReason: 'declined' } : {}),
    ...(payment.settlesAt === null ? {} : { settlesAt: payment.settlesAt }),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
