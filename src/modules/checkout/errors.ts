import { Conflict, DomainError } from '../../platform/errors.ts'

/** 409: fewer copies are left than were asked for. Nothing was written. */
export class SoldOut extends Conflict {
  constructor(fields: { productId: string; product: string; left: number }) {
    super('sold-out', fields)
  }
}

/** 409: an item of the cart can no longer be bought as it stands; `reason` is that of the cart's issue. */
export class ItemUnavailable extends Conflict {
  constructor(fields: { productId: string; product: string; reason: string }) {
    super('item-unavailable', fields)
  }
}

/** 409: the total is no longer the one that the buyer agreed to. `total` is for people, the other fields for programs. */
export class PriceChanged extends Conflict {
  constructor(fields: { amount: string; currency: string; total: string }) {
    super('price-changed', fields)
  }
}

/** 409: there is nothing in the cart to order. */
export class CartEmpty extends Conflict {
  constructor() {
    super('cart-empty')
  }
}

/** 409: an order was placed from the cart, so it cannot be changed any more. */
export class CartOrdered extends Conflict {
  constructor() {
    super('cart-ordered')
  }
}

/** 409: the order takes no payment; `status` says why: the order's, or of its payment `processing` or `mismatch`. */
export class OrderNotPayable extends Conflict {
  constructor(status: string) {
    super('order-not-payable', { status })
  }
}

/** 409: the order cannot be cancelled: it is paid, or cancelled already. */
export class OrderNotCancellable extends Conflict {
  constructor(status: string) {
    super('order-not-cancellable', { status })
  }
}

/** 409: the refund is more than is left of the order or line, or nothing is left. */
export class RefundTooMuch extends Conflict {
  constructor(fields: { leftAmount: string; currency: string; left: string }) {
    super('refund-too-much', fields)
  }
}

/** 409: the store does not take payments in this way. */
export class ProviderNotOffered extends Conflict {
  constructor(provider: string) {
    super('provider-not-offered', { provider })
  }
}

/** 502: the payment provider did not answer or answered with an error; the step may be repeated and happens once. */
export class ProviderUnavailable extends DomainError {
  constructor(provider: string, options?: { cause: unknown }) {
    super('provider-unavailable', 502, { provider })
    if (options !== undefined) this.cause = options.cause
  }
}

/** 401: a message to a webhook address did not prove that it comes from the provider. */
export class WebhookUnverified extends DomainError {
  constructor() {
    super('webhook-unverified', 401)
  }
}

/** 409: the order is not paid, so it has no receipt. */
export class OrderNotPaid extends Conflict {
  constructor() {
    super('order-not-paid')
  }
}

/** 409: no open question hangs on the payment, or the provider holds nothing of it that could go back. */
export class PaymentNotInQuestion extends Conflict {
  constructor() {
    super('payment-not-in-question')
  }
}
