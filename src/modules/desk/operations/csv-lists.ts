import { z } from '@hono/zod-openapi'
import { t } from '../../../platform/i18n/index.ts'
import { messageStatuses } from '../../../platform/mail/message.ts'
import { listMessages, type MessageSummary } from '../../../platform/mail/read-messages.ts'
import { fromApi, toDecimalString, type ApiMoney } from '../../../shared/money.ts'
import { listProducts, type Price, type Product } from '../../catalog/index.ts'
import {
  customerFilterSchema,
  listCustomers,
  listOrders,
  type Customer,
  type OrderSummary,
} from '../../checkout/index.ts'
import { accounts, journal, statement } from './csv-books.ts'
import { streamHours, streamMoney, streams } from './csv-streams.ts'
import type { CsvList } from './export-list.ts'

const BATCH = 500
/** Products come with pictures and prices, a hundred at most. */
const FEW = 100

const amount = (money: ApiMoney) => toDecimalString(fromApi(money))

const orders: CsvList<OrderSummary> = {
  right: 'orders:read',
  columns: [
    'number',
    'state',
    'placed',
    'paid',
    'name',
    'email',
    'net',
    'tax',
    'total',
    'refunded',
    'currency',
    'language',
  ],
  read: (ctx, filter, after) => listOrders(ctx, { ...filter, after, limit: BATCH }),
  cells: (order, { ctx, time }) => [
    order.number,
    t(ctx.locale, `dashboard.orders.state.${order.status}`),
    time(order.placedAt),
    time(order.paidAt),
    order.buyerName,
    order.email,
    amount(order.net),
    amount(order.tax),
    amount(order.total),
    amount(order.refunded),
    order.currency,
    t(ctx.locale, `common.language.${order.locale}`),
  ],
}

const products: CsvList<Product> = {
  right: 'products:read',
  columns: [
    'id',
    'title-ar',
    'title-en',
    'state',
    'price',
    'currency',
    'sold',
    'limit',
    'slug',
    'made',
    'changed',
  ],
  read: (ctx, filter, after) => listProducts(ctx, { ...filter, after, limit: FEW }),
  cells: (product, { ctx, time }) => [
    product.id,
    product.title.ar,
    product.title.en,
    t(ctx.locale, `dashboard.products.state.${product.status}`),
    ...priceOf(product.prices[0]),
    product.stock === null ? '' : String(product.stock.sold),
    product.stock === null ? '' : String(product.stock.limit),
    product.slug,
    time(product.createdAt),
    time(product.updatedAt),
  ],
}

function priceOf(price: Price | undefined): [string, string] {
  if (price === undefined) return ['', '']
  if (price.mode === 'free') return ['0', price.currency]
  const asked = price.mode === 'fixed' ? price.price : price.minimum
  return [amount(asked), asked.currency]
}

const customers: CsvList<Customer> = {
  right: 'customers:read',
  columns: ['name', 'email', 'orders', 'paid', 'last'],
  read: (ctx, filter, after) =>
    listCustomers(ctx, { ...customerFilterSchema.parse(filter), after, limit: BATCH }),
  cells: ({ name, email, orders: count, paid, lastOrderAt }, { time }) => [
    name,
    email,
    String(count),
    String(paid),
    time(lastOrderAt),
  ],
}

const messageFilter = z.object({
  status: z.enum(messageStatuses).optional(),
  sort: z.enum(['-made', 'made']).optional(),
})

const messages: CsvList<MessageSummary> = {
  right: 'messages:read',
  columns: ['subject', 'email', 'name', 'state', 'made', 'sent', 'attempts', 'error'],
  read: (ctx, filter, after) => listMessages(ctx, { ...messageFilter.parse(filter), after, limit: BATCH }),
  cells: (message, { ctx, time }) => [
    message.subject,
    message.toEmail,
    message.toName,
    t(ctx.locale, `dashboard.messages.state.${message.status}`),
    time(message.createdAt),
    time(message.sentAt),
    String(message.attempts),
    message.lastError ?? '',
  ],
}

/** The lists that can be taken along as files. */
export const csvLists = {
  orders,
  products,
  customers,
  messages,
  journal,
  statement,
  accounts,
  streams,
  'stream-money': streamMoney,
  'stream-hours': streamHours,
} as const
