import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { asCurrency } from '../../catalog/index.ts'
import { documentNumber } from '../rules/document-number.ts'
import type { Document, Order, OrderSummary, Payment } from '../schema.ts'

/** The columns of an order's head, for a query over `orders o`. */
export const ORDER_COLUMNS =
  sql.raw(`o.id, o.number, o.status, o.locale, o.email, o.buyer_name AS "buyerName",
  o.currency, o.net_minor AS "netMinor", o.tax_minor AS "taxMinor", o.total_minor AS "totalMinor",
  o.refunded_minor AS "refundedMinor", o.placed_at AS "placedAt", o.paid_at AS "paidAt"`)

/** See ORDER_COLUMNS. */
export type OrderRow = Pick<OrderSummary, 'id' | 'number' | 'status' | 'locale' | 'email' | 'buyerName'> & {
  currency: string
  netMinor: bigint
  taxMinor: bigint
  totalMinor: bigint
  refundedMinor: bigint
  placedAt: Date
  paidAt: Date | null
}

type FullRow = OrderRow & {
  taxRateBps: number
  pricesIncludeTax: boolean
  expiresAt: Date
  cancelledAt: Date | null
  cancelReason: Order['cancelReason']
  lines: LineJson[]
  payment: PaymentJson | null
  documents: DocumentJson[]
}

/** A line as JSON; see LINES_JSON. Amounts are strings, so that no digit is lost on the way. */
export type LineJson = {
  line: number
  productId: string
  kind: string
  titleAr: string
  titleEn: string
  quantity: number
  unit: string
  net: string
  tax: string
  total: string
  refunded: string
  stocked: boolean
}

/** An order's lines as a JSON array, for a query over `orders o`. */
export const LINES_JSON =
  sql.raw(`(SELECT jsonb_agg(jsonb_build_object('line', l.line, 'productId', l.product_id,
    'kind', l.kind, 'titleAr', l.title_ar, 'titleEn', l.title_en, 'quantity', l.quantity, 'unit', l.unit_minor::text,
    'net', l.net_minor::text, 'tax', l.tax_minor::text, 'total', l.total_minor::text,
    'refunded', l.refunded_minor::text, 'stocked', l.stocked) ORDER BY l.line)
  FROM order_lines l WHERE l.workspace_id = o.workspace_id AND l.order_id = o.id)`)

/** A payment as JSON; see PAYMENT_JSON. */
export type PaymentJson = Omit<Payment, 'amount'> & { amount: string; currency: string }

/** A document as JSON; see DOCUMENTS_JSON. */
export type DocumentJson = {
  id: string
  kind: Document['kind']
  year: number
  number: number
  issuedAt: string
}

/** A payment as a JSON object, for a query over `payments p`. */
export const PAYMENT_JSON =
  sql.raw(`jsonb_build_object('id', p.id, 'provider', p.provider, 'status', p.status,
  'amount', p.amount_minor::text, 'currency', p.currency, 'url', p.redirect_url, 'declineReason', p.decline_reason,
  'problem', CASE WHEN p.problem_settled_at IS NULL AND p.status <> 'captured' THEN p.problem END)`)

/**
 * Everything about an order that its buyer may see; the caller has checked that they may. Its payment is the one named,
 * or the captured one, or the newest. @throws NotFound
 */
export async function readOrder(ctx: TxCtx, id: string, paymentId?: string): Promise<Order> {
  const [row] = await rows<FullRow>(
    ctx,
    sql`SELECT ${ORDER_COLUMNS}, o.tax_rate_bps AS "taxRateBps", o.prices_include_tax AS "pricesIncludeTax",
          o.expires_at AS "expiresAt", o.cancelled_at AS "cancelledAt", o.cancel_reason AS "cancelReason",
          ${LINES_JSON} AS lines,
          (SELECT ${PAYMENT_JSON} FROM payments p
            WHERE p.workspace_id = o.workspace_id AND p.order_id = o.id
            ORDER BY p.id = ${paymentId ?? null}::uuid DESC NULLS LAST, p.status = 'captured' DESC, p.id DESC LIMIT 1) AS payment,
          (SELECT coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'kind', d.kind, 'year', d.year,
              'number', d.number, 'issuedAt', d.issued_at) ORDER BY d.issued_at, d.id), '[]')
            FROM documents d WHERE d.workspace_id = o.workspace_id AND d.order_id = o.id) AS documents
        FROM orders o WHERE o.workspace_id = ${ctx.workspaceId} AND o.id = ${id}`,
  )
  if (row === undefined) throw new NotFound()
  return toOrder(row)
}

function toOrder(row: FullRow): Order {
  const summary = toSummary(row)
  return {
    ...summary,
    lines: toLines(row.lines, summary.currency),
    taxRateBps: row.taxRateBps,
    pricesIncludeTax: row.pricesIncludeTax,
    expiresAt: row.expiresAt.toISOString(),
    cancelledAt: row.cancelledAt?.toISOString() ?? null,
    cancelReason: row.cancelReason,
    payment: row.payment === null ? null : toPayment(row.payment),
    documents: row.documents.map(toDocument),
  }
}

/** Lines as the API has them. */
export function toLines(lines: readonly LineJson[], currency: CurrencyCode): Order['lines'] {
  const money = (amount: string) => ({ amount, currency })
  return lines.map((line) => ({
    line: line.line,
    productId: line.productId,
    kind: line.kind,
    title: { ar: line.titleAr, en: line.titleEn },
    quantity: line.quantity,
    unit: money(line.unit),
    net: money(line.net),
    tax: money(line.tax),
    total: money(line.total),
    refunded: money(line.refunded),
    stocked: line.stocked,
  }))
}

/** An order's head as the API has it. */
export function toSummary(row: OrderRow): OrderSummary {
  const currency = asCurrency(row.currency)
  const money = (amountMinor: bigint) => ({ amount: amountMinor.toString(), currency })
  return {
    id: row.id,
    number: row.number,
    status: row.status,
    locale: row.locale,
    email: row.email,
    buyerName: row.buyerName,
    currency,
    net: money(row.netMinor),
    tax: money(row.taxMinor),
    total: money(row.totalMinor),
    refunded: money(row.refundedMinor),
    placedAt: row.placedAt.toISOString(),
    paidAt: row.paidAt?.toISOString() ?? null,
  }
}

/** A payment as the API has it; its address is told only while the buyer can pay there. */
export function toPayment({ amount, currency, url, ...payment }: PaymentJson): Payment {
  const payable = payment.status === 'started' && payment.problem === null
  return { ...payment, amount: { amount, currency: asCurrency(currency) }, url: payable ? url : null }
}

/** A document as the API has it. */
export function toDocument({ id, kind, year, number, issuedAt }: DocumentJson): Document {
  return { id, kind, number: documentNumber(kind, year, number), issuedAt: new Date(issuedAt).toISOString() }
}
