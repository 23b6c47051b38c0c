import { z } from 'zod'
import { defineJob, subscribe, type AnyJob, type Subscription } from '../../platform/jobs/jobs.ts'
import { orderPaid, orderRefunded } from './events.ts'
import { checkPayment } from './operations/confirm-payment.ts'
import { countSold } from './operations/count-sold.ts'
import { finishRefundJob } from './operations/finish-refund.ts'
import { indexBuyers } from './operations/index-buyers.ts'
import { issueCreditNotes } from './operations/issue-credit-notes.ts'
import { issueInvoices } from './operations/issue-invoices.ts'
import { sendReceipts, sendRefundNotices } from './operations/send-receipts.ts'
import { sweepPayments } from './operations/sweep-payments.ts'
import { settleTestPayment } from './providers/test/act.ts'
import { deliverTestMessage, testMessageDue } from './providers/test/deliver.ts'

const sweep = defineJob({
  name: 'sweep-payments',
  schema: z.object({ afterStart: z.boolean().default(false) }),
  cron: '* * * * *',
  atStart: { afterStart: true },
  handler: async (ctx, inputs) => {
    await sweepPayments(ctx, { all: inputs.some(({ afterStart }) => afterStart) })
  },
})

const countSoldCopies = defineJob({
  name: 'count-sold',
  schema: z.object({}),
  cron: '13 * * * *',
  atStart: {},
  expireSeconds: 600,
  handler: (ctx) => countSold(ctx),
})

const issueInvoice = defineJob({
  name: 'issue-invoice',
  schema: orderPaid.schema,
  batch: 100,
  handler: (ctx, paid) =>
    issueInvoices(
      ctx,
      paid.map(({ orderId }) => orderId),
    ),
})

const issueCreditNote = defineJob({
  name: 'issue-credit-note',
  schema: orderRefunded.schema,
  batch: 100,
  handler: issueCreditNotes,
})

const sendReceipt = defineJob({
  name: 'send-receipt',
  schema: orderPaid.schema,
  batch: 50,
  handler: sendReceipts,
})

const sendRefundNotice = defineJob({
  name: 'send-refund-notice',
  schema: orderRefunded.schema,
  batch: 20,
  handler: sendRefundNotices,
})

const indexBuyer = defineJob({
  name: 'index-buyer',
  schema: orderPaid.schema,
  batch: 200,
  handler: indexBuyers,
})

/** The background work of checkout. */
export const jobs: readonly AnyJob[] = [
  sweep,
  countSoldCopies,
  checkPayment,
  finishRefundJob,
  issueInvoice,
  issueCreditNote,
  sendReceipt,
  sendRefundNotice,
  indexBuyer,
  deliverTestMessage,
  settleTestPayment,
]

/** What checkout itself does after a sale and after a refund. */
export const subscriptions: readonly Subscription[] = [
  subscribe(orderPaid, issueInvoice),
  subscribe(orderPaid, sendReceipt),
  subscribe(orderPaid, indexBuyer),
  subscribe(orderRefunded, issueCreditNote),
  subscribe(orderRefunded, sendRefundNotice),
  subscribe(testMessageDue, deliverTestMessage),
]
