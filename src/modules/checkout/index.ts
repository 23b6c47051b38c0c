export { announcements } from './announcements.ts'
export { api } from './api.ts'
export { orderPaid, orderRefunded } from './events.ts'
export { jobs, subscriptions } from './jobs.ts'
export { listBuyerOrders, orderContacts, type OrderContact } from './operations/buyer-orders.ts'
export { cancelOrder } from './operations/cancel-order.ts'
export { confirmPayment } from './operations/confirm-payment.ts'
export { createCart } from './operations/create-cart.ts'
export { documentsOf, findBuyer } from './operations/find-buyer.ts'
export { getCart } from './operations/get-cart.ts'
export { getDocument, getDocumentByKey, type DocumentFile } from './operations/get-document.ts'
export { getOrder, getOrderByKey } from './operations/get-order.ts'
export { listOrders } from './operations/list-orders.ts'
export { listCustomers } from './operations/find-buyer.ts'
export { isOrderKey, orderKey } from './operations/order-key.ts'
export { orderUrl } from './operations/order-url.ts'
export { placeOrder } from './operations/place-order.ts'
export { refundOrder } from './operations/refund-order.ts'
export { retryPayment } from './operations/retry-payment.ts'
export { findReceiptStatus, resendReceipt } from './operations/send-receipts.ts'
export { sweepPayments } from './operations/sweep-payments.ts'
export { updateCart } from './operations/update-cart.ts'
export { personal } from './personal.ts'
export { forgetPaidCart } from './pages/current-cart.ts'
export { pages } from './pages/index.ts'
export { payFormHeaders } from './pages/pay-form-headers.ts'
export { Sums, type Figures } from './pages/sums.tsx'
export { actOnTestPayment, testActionSchema } from './providers/test/act.ts'
export { PROVIDER_NAMES, takesOnlyTestPayments } from './providers/index.ts'
export { orderFilterSchema } from './schema.ts'
export { customerFilterSchema } from './seller-schema.ts'
export type {
  Cart,
  CartItem,
  CreateCart,
  Customer,
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
export type { Income } from './seller-schema.ts'
