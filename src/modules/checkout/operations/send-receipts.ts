import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { authorise } from '../../../platform/authorise.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { receiptMail, refundMail, type MailStore } from '../../../platform/mail/kinds.ts'
import type { MessageStatus, NewMessage } from '../../../platform/mail/message.ts'
import { queueMessage, queueMessages } from '../../../platform/mail/queue-message.ts'
import { findMailStatus } from '../../../platform/mail/read-messages.ts'
import type { Locale } from '../../../shared/locale.ts'
import { asCurrency, getPublicStore, type PublicStore } from '../../catalog/index.ts'
import { audit } from '../../workspaces/index.ts'
import { OrderNotPaid } from '../errors.ts'
import { takesOnlyTestPayments } from '../providers/index.ts'
import { toOrderPaid } from '../rules/order-paid.ts'
import { inLocale } from '../rules/refuse-sale.ts'
import type { OrderPaid, OrderRefunded } from '../schema.ts'
import { issueCreditNotes } from './issue-credit-notes.ts'
import { orderKey } from './order-key.ts'
import { orderUrl } from './order-url.ts'
import { readOrder } from './read-order.ts'

/** Writes the receipts of paid orders, one each however often this runs, in the language that each buyer bought in. */
export async function sendReceipts(ctx: Ctx, orders: readonly OrderPaid[]): Promise<void> {
  await transaction(ctx, async (tx) => {
    const store = await getPublicStore(tx)
    await queueMessages(
      tx,
      orders.map((order) => receipt(tx, { store, order, occasion: occasionOf(order.orderId) })),
    )
  })
}

/** What became of the receipt of a paid order by mail; undefined in the moment before it is written. */
export function findReceiptStatus(ctx: Ctx, orderId: string): Promise<MessageStatus | undefined> {
  return findMailStatus(ctx, occasionOf(orderId))
}

function occasionOf(orderId: string): string {
  return `receipt/${orderId}`
}

/** Writes a paid order's receipt again. `occasion` tells one wish to do so from another. @throws NotFound, OrderNotPaid */
export async function resendReceipt(ctx: Ctx, orderId: string, occasion: string): Promise<void> {
  authorise(ctx, 'orders:write')
  await transaction(ctx, async (tx) => {
    const order = await readOrder(tx, orderId)
    if (order.paidAt === null) throw new OrderNotPaid()
    await queueMessage(
      tx,
      receipt(tx, {
        store: await getPublicStore(tx),
        order: toOrderPaid(order, order.paidAt),
        occasion: `${occasionOf(orderId)}/${occasion}`,
      }),
    )
    await audit(tx, { action: 'order.resend-receipt', subjectKind: 'order', subjectId: orderId })
  })
}

/** Tells buyers that money went back to them, once per refund, each with its own credit note, issued now if need be. */
export async function sendRefundNotices(ctx: Ctx, refunds: readonly OrderRefunded[]): Promise<void> {
  await issueCreditNotes(ctx, refunds)
  await transaction(ctx, async (tx) => {
    const store = await getPublicStore(tx)
    const creditNotes = await creditNotesOf(tx, refunds)
    for (const refund of refunds)
      await queueRefundNotice(tx, { store, refund, creditNote: creditNotes.get(refund.refundId) })
  })
}

/** Ids of credit notes, by refund. */
async function creditNotesOf(
  ctx: TxCtx,
  refunds: readonly OrderRefunded[],
): Promise<ReadonlyMap<string, string>> {
  const orderIds = refunds.map(({ orderId }) => orderId)
  const found = await rows<{ id: string; refundId: string }>(
    ctx,
    sql`SELECT id, refund_id AS "refundId" FROM documents
        WHERE workspace_id = ${ctx.workspaceId} AND order_id = ANY (${sql.param(orderIds)}::uuid[])
          AND kind = 'credit-note'`,
  )
  return new Map(found.map(({ id, refundId }) => [refundId, id]))
}

type Receipt = { store: PublicStore; order: OrderPaid; occasion: string }

function receipt(ctx: TxCtx, { store, order, occasion }: Receipt): NewMessage {
  const { locale, email, buyerName, orderId, totalMinor, taxMinor } = order
  const currency = asCurrency(order.currency)
  const money = (amount: string) => ({ amountMinor: BigInt(amount), currency })
  const mail = receiptMail({
    locale,
    store: mailStore(ctx, store, locale),
    buyerName,
    orderNumber: order.number,
    paidAt: new Date(order.paidAt),
    timeZone: store.timeZone,
    lines: order.lines.map(({ titleAr, titleEn, quantity, totalMinor: lineTotal }) => ({
      title: inLocale({ ar: titleAr, en: titleEn }, locale),
      quantity,
      total: money(lineTotal),
    })),
    ...(taxMinor === '0' ? {} : { tax: money(taxMinor) }),
    total: money(totalMinor),
    downloadUrl: orderUrl(ctx, store.slug, { id: orderId, locale }),
    ...(totalMinor === '0'
      ? { receiptUrl: documentUrl(ctx, store, { orderId, document: 'receipt' }) }
      : { invoiceUrl: documentUrl(ctx, store, { orderId, document: 'invoice' }) }),
    isTest: totalMinor !== '0' && takesOnlyTestPayments(store.providers),
  })
  return {
    ...mail,
    ...envelope(store, locale),
    dedupeKey: occasion,
    to: { email, name: buyerName },
    related: { kind: 'order', id: orderId },
  }
}

type RefundNotice = { store: PublicStore; refund: OrderRefunded; creditNote: string | undefined }

async function queueRefundNotice(ctx: TxCtx, { store, refund, creditNote }: RefundNotice): Promise<void> {
  const order = await readOrder(ctx, refund.orderId)
  const { locale } = order
  const money = (amount: bigint) => ({ amountMinor: amount, currency: order.currency })
  const lines = refund.lines.flatMap((share) => {
    const line = order.lines.find((one) => one.line === share.line)
    if (line === undefined || share.totalMinor === '0') return []
    return [
      {
        title: inLocale(line.title, locale),
        quantity: line.quantity,
        total: money(BigInt(share.totalMinor)),
      },
    ]
  })
  const mail = refundMail({
    locale,
    store: mailStore(ctx, store, locale),
    buyerName: order.buyerName,
    orderNumber: order.number,
    lines,
    total: money(lines.reduce((sum, line) => sum + line.total.amountMinor, 0n)),
    whole: refund.whole,
    ...(creditNote === undefined
      ? {}
      : { creditNoteUrl: documentUrl(ctx, store, { orderId: order.id, document: creditNote }) }),
  })
  await queueMessage(ctx, {
    ...mail,
    ...envelope(store, locale),
    dedupeKey: `refund/${refund.refundId}`,
    to: { email: order.email, name: order.buyerName },
    related: { kind: 'order', id: order.id },
  })
}

function mailStore(ctx: Ctx, store: PublicStore, locale: Locale): MailStore {
  const url = `${ctx.config.publicUrl}/${locale}/${encodeURIComponent(store.slug)}`
  const name = inLocale(store.name, locale)
  return store.supportEmail === '' ? { name, url } : { name, url, supportEmail: store.supportEmail }
}

function envelope(store: PublicStore, locale: Locale): { fromName: string; replyTo?: string } {
  const fromName = inLocale(store.name, locale)
  return store.supportEmail === '' ? { fromName } : { fromName, replyTo: store.supportEmail }
}

function documentUrl(
  ctx: Ctx,
  store: PublicStore,
  { orderId, document }: { orderId: string; document: string },
): string {
  const path = `/api/v1/stores/${encodeURIComponent(store.slug)}/orders/${orderId}/documents/${document}`
  return `${ctx.config.publicUrl}${path}?key=${orderKey(ctx, orderId)}`
}
