import { sql } from 'drizzle-orm'
import { buffer } from 'node:stream/consumers'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { renderDocument } from '../../../platform/pdf/render-document.ts'
import { isId } from '../../../shared/ids.ts'
import { documentNumber } from '../rules/document-number.ts'
import type { Document } from '../schema.ts'
import { issueInvoices, issueReceipts } from './issue-invoices.ts'
import { isOrderKey } from './order-key.ts'
import { toSaleDocument } from './sale-document.ts'
import type { DocumentData } from '../rules/document-data.ts'

/** A document as a file. */
export type DocumentFile = { name: string; bytes: Uint8Array }

/**
 * Which document: one by its id; or `invoice`, issued now if its turn has not come yet; or `receipt` of an order that cost
 * nothing, issued when first asked for; or `credit-note`, the newest.
 */
export type WhichDocument = { orderId: string; documentId: string }

type Row = { id: string; kind: Document['kind']; year: number; number: number; data: DocumentData }

/** An invoice, credit note or receipt for whoever holds the order's key. @throws NotFound */
export async function getDocumentByKey(ctx: Ctx, which: WhichDocument, key: string): Promise<DocumentFile> {
  if (!isOrderKey(ctx, which.orderId, key)) throw new NotFound()
  return toFile(ctx, await findDocument(ctx, which))
}

/** An invoice, credit note or receipt for the seller. @throws NotFound */
export async function getDocument(ctx: Ctx, which: WhichDocument): Promise<DocumentFile> {
  authorise(ctx, 'orders:read')
  return toFile(ctx, await findDocument(ctx, which))
}

async function findDocument(ctx: Ctx, { orderId, documentId }: WhichDocument): Promise<Row> {
  return transaction(ctx, async (tx) => {
    if (documentId === 'invoice') await issueInvoices(tx, [orderId])
    if (documentId === 'receipt') await issueReceipts(tx, [orderId])
    const [found] = await rows<Row>(
      tx,
      sql`SELECT id, kind, year, number, data FROM documents
          WHERE workspace_id = ${tx.workspaceId} AND order_id = ${orderId}
            AND ${isId(documentId) ? sql`id = ${documentId}` : sql`kind = ${documentId}`}
          ORDER BY issued_at DESC, id DESC LIMIT 1`,
    )
    if (found === undefined) throw new NotFound()
    return found
  })
}

/** Set once and kept: a document never changes, so neither does its file. */
async function toFile(ctx: Ctx, row: Row): Promise<DocumentFile> {
  const number = documentNumber(row.kind, row.year, row.number)
  const key = `${ctx.workspaceId ?? ''}/documents/${row.id}`
  const name = `${number}.pdf`
  if ((await ctx.files.size(key)) !== undefined)
    return { name, bytes: await buffer(await ctx.files.read(key)) }
  const bytes = await renderDocument(toSaleDocument(row.kind, number, row.data))
  await ctx.files.put(key, bytes, 'application/pdf')
  return { name, bytes }
}
