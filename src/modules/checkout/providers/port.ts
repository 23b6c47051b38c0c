import type { Ctx } from '../../../platform/ctx.ts'
import type { Locale } from '../../../shared/locale.ts'
import type { Money } from '../../../shared/money.ts'
import type { ObservedPayment } from '../rules/payment-state.ts'

/** What a provider is told about a payment. `key` is the payment's id: the same key is the same payment, however often it is sent. */
export type StartPayment = {
  key: string
  money: Money
  description: string
  locale: Locale
  buyer: { email: string; name: string }
  /** Where the buyer comes back to after paying or giving up. */
  returnUrl: string
}

/** The provider's name for the payment, and where the buyer pays. */
export type StartedPayment = { reference: string; redirectUrl: string }

/** What to give back. `key` is the refund's id: the same key is the same refund. */
export type RefundPayment = { key: string; reference: string; money: Money }

/** What became of a refund; `failed` is final, with the provider's reason. */
export type RefundOutcome =
  | { status: 'done'; reference: string }
  | { status: 'pending'; reference: string }
  | { status: 'failed'; reason: string }

/** A message from a provider: its own id, and the payment that it is about. What it says is not believed; see `fetch`. */
export type ProviderEvent = { eventId: string; reference: string }

/** A message as it arrived. */
export type WebhookRequest = { headers: Headers; body: string }

/**
 * The outside of payments. No function may be called inside a transaction; each throws when the provider cannot be
 * reached or answers with an error, and may then be called again with the same arguments.
 */
export type PaymentProvider = {
  readonly name: string
  /** Whether it moves no real money; stores that take nothing else say so on their pages. */
  readonly test: boolean
  /**
   * Origins that a buyer's browser is sent to from the checkout's form, beside this server's own: `https://pay.example`.
   * The pages with such a form, and no others, let forms lead there.
   */
  formOrigins(ctx: Ctx): readonly string[]
  start(ctx: Ctx, payment: StartPayment): Promise<StartedPayment>
  /** The payment as the provider knows it now. */
  fetch(ctx: Ctx, reference: string): Promise<ObservedPayment>
  refund(ctx: Ctx, refund: RefundPayment): Promise<RefundOutcome>
  /** Undefined unless the message proves that it comes from the provider. */
  verifyWebhook(ctx: Ctx, request: WebhookRequest): Promise<ProviderEvent | undefined>
}
