import { z } from '@hono/zod-openapi'
import { defineAnnouncement, type Announcement } from '../../platform/announcement.ts'
import { idSchema } from '../../shared/ids.ts'
import { locales } from '../../shared/locale.ts'
import { moneySchema } from '../../shared/money.ts'
import { asCurrency } from '../catalog/index.ts'
import { orderCancelled, orderPaid, orderRefunded, paymentFailed } from './events.ts'

const instant = z.iso.datetime()
const money = (amount: string, currency: string) => ({ amount, currency: asCurrency(currency) })
const at = '2026-03-01T09:30:00.000Z'
const orderId = '01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d5e'

const paid = defineAnnouncement({
  event: orderPaid,
  type: 'order.paid',
  summary: 'An order was paid, or was free. Once per order.',
  schema: z.object({
    orderId: idSchema,
    number: z.string(),
    locale: z.enum(locales),
    email: z.string(),
    buyerName: z.string(),
    tax: moneySchema,
    total: moneySchema,
    paidAt: instant,
    lines: z.array(
      z.object({
        line: z.number().int(),
        productId: idSchema,
        kind: z.string(),
        title: z.object({ ar: z.string(), en: z.string() }),
        quantity: z.number().int(),
        total: moneySchema,
      }),
    ),
  }),
  example: {
    orderId,
    number: '7K2M-9QXT',
    locale: 'ar',
    email: 'layan@example.com',
    buyerName: 'ليان العتيبي',
    tax: { amount: '1500', currency: 'SAR' },
    total: { amount: '11500', currency: 'SAR' },
    paidAt: at,
    lines: [
      {
        line: 1,
        productId: '01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d60',
        kind: 'download',
        title: { ar: 'دليل الخط العربي', en: 'A Guide to Arabic Calligraphy' },
        quantity: 1,
        total: { amount: '11500', currency: 'SAR' },
      },
    ],
  },
  at: ({ paidAt }) => paidAt,
  data: ({ currency, taxMinor, totalMinor, lines, ...order }) => ({
    ...order,
    tax: money(taxMinor, currency),
    total: money(totalMinor, currency),
    lines: lines.map(({ titleAr, titleEn, totalMinor: lineMinor, ...line }) => ({
      ...line,
      title: { ar: titleAr, en: titleEn },
      total: money(lineMinor, currency),
    })),
  }),
})

const refunded = defineAnnouncement({
  event: orderRefunded,
  type: 'order.refunded',
  summary: 'Money of an order was given back. Once per refund.',
  schema: z.object({
    orderId: idSchema,
    refundId: idSchema,
    total: moneySchema,
    whole: z.boolean().openapi({ description: 'Whether nothing of the order is left.' }),
    refundedAt: instant,
    lines: z.array(z.object({ line: z.number().int(), total: moneySchema, whole: z.boolean() })),
  }),
  example: {
    orderId,
    refundId: '01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d61',
    total: { amount: '11500', currency: 'SAR' },
    whole: true,
    refundedAt: at,
    lines: [{ line: 1, total: { amount: '11500', currency: 'SAR' }, whole: true }],
  },
  at: ({ refundedAt }) => refundedAt,
  data: ({ currency, lines, ...refund }) => ({
    ...refund,
    total: money(lines.reduce((sum, line) => sum + BigInt(line.totalMinor), 0n).toString(), currency),
    lines: lines.map(({ line, totalMinor, whole }) => ({ line, total: money(totalMinor, currency), whole })),
  }),
})

const cancelled = defineAnnouncement({
  event: orderCancelled,
  type: 'order.cancelled',
  summary:
    'An order was cancelled before it was paid: by the seller, by the buyer who began another one, or because its time ran out (`seller`, `buyer`, `expired`).',
  schema: z.object({
    orderId: idSchema,
    reason: z.enum(['seller', 'expired', 'buyer']),
    cancelledAt: instant,
  }),
  example: { orderId, reason: 'expired', cancelledAt: at },
  at: ({ cancelledAt }) => cancelledAt,
  data: (order) => order,
})

const failed = defineAnnouncement({
  event: paymentFailed,
  type: 'payment.failed',
  summary: 'A payment was declined; its order can still be paid.',
  schema: z.object({
    paymentId: idSchema,
    orderId: idSchema,
    provider: z.string(),
    amount: moneySchema,
    reason: z.string().openapi({ description: 'As the provider put it; may be empty.' }),
    failedAt: instant,
  }),
  example: {
    paymentId: '01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d62',
    orderId,
    provider: 'test',
    amount: { amount: '11500', currency: 'SAR' },
    reason: 'insufficient_funds',
    failedAt: at,
  },
  at: ({ failedAt }) => failedAt,
  data: ({ amountMinor, currency, ...payment }) => ({ ...payment, amount: money(amountMinor, currency) }),
})

/** What people outside may be told of sales. */
export const announcements: readonly Announcement[] = [paid, refunded, cancelled, failed]
