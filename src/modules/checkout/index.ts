import { Hono } from 'hono'
import type { Env } from '../../platform/http/env.ts'
import { returnPages } from './pages/return.ts'
import { testPages } from './providers/test/pages.tsx'

export { api } from './api.ts'
export { orderPaid, orderRefunded } from './events.ts'
export { jobs, subscriptions } from './jobs.ts'
export { listBuyerOrders, orderContacts, type OrderContact } from './operations/buyer-orders.ts'
export { cancelOrder } from './operations/cancel-order.ts'
export { confirmPayment } from './operations/confirm-payment.ts'
export { createCart } from './operations/create-cart.ts'
export { getCart } from './operations/get-cart.ts'
export { getDocument, getDocumentByKey, type DocumentFile } from './operations/get-document.ts'
export { getOrder, getOrderByKey } from './operations/get-order.ts'
export { listOrders } from './operations/list-orders.ts'
export { isOrderKey, orderKey } from './operations/order-key.ts'
export { orderUrl } from './operations/order-url.ts'
export { placeOrder } from './operations/place-order.ts'
export { refundOrder } from './operations/refund-order.ts'
export { retryPayment } from './operations/retry-payment.ts'
export { resendReceipt } from './operations/send-receipts.ts'
export { sweepPayments } from './operations/sweep-payments.ts'
export { updateCart } from './operations/update-cart.ts'
export { PROVIDER_NAMES, takesOnlyTestPayments } from './providers/index.ts'
export type {
  Cart,
  CartItem,
  CreateCart,
  Order,
  OrderPaid,
  OrderRefunded,
  OrderStory,
  OrderSummary,
  Payment,
  PlacedOrder,
  PlaceOrder,
  Refund,
  RefundOrder,
  UpdateCart,
} from './schema.ts'

/** The public pages of checkout that no store draws: the way back from a provider, and the test provider's own page. */
export const pages: Hono<Env> = new Hono<Env>().route('/', returnPages).route('/', testPages)
