import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { enqueue } from '../../../platform/jobs/jobs.ts'
import { newVersionMail } from '../../../platform/mail/kinds.ts'
import { queueMessage } from '../../../platform/mail/queue-message.ts'
import type { Locale } from '../../../shared/locale.ts'
import { getVersionNews, type VersionNews } from '../../catalog/index.ts'
import { orderContacts, orderUrl } from '../../checkout/index.ts'
import { announceVersionRef, type VersionPage } from '../job-refs.ts'
import { storeMail } from './store-mail.ts'

const PAGE = 200
const FIRST_EDITION = 1

/** Tells everyone who holds a right to a product of its new edition, a page at a time, each address once. */
export async function announceVersions(ctx: Ctx, pages: readonly VersionPage[]): Promise<void> {
  for (const page of pages) await announcePage(ctx, page)
}

async function announcePage(ctx: Ctx, page: VersionPage): Promise<void> {
  // Nobody has bought before the first edition: it is what makes the product ready for sale.
  if (page.number === FIRST_EDITION) return
  await transaction(ctx, async (tx) => {
    const holders = await rows<{ id: string; orderId: string }>(
      tx,
      sql`SELECT id, order_id AS "orderId" FROM entitlements
          WHERE workspace_id = ${tx.workspaceId} AND product_id = ${page.productId} AND revoked_at IS NULL
          ${page.after === undefined ? sql`` : sql`AND id > ${page.after}`}
          ORDER BY id LIMIT ${PAGE}`,
    )
    const last = holders.at(-1)
    if (last === undefined) return
    const news = await getVersionNews(tx, page.versionId)
    await mailHolders(tx, news, [...new Set(holders.map(({ orderId }) => orderId))])
    if (holders.length === PAGE) await enqueue(tx, announceVersionRef, { ...page, after: last.id })
  })
}

async function mailHolders(tx: TxCtx, news: VersionNews, orderIds: readonly string[]): Promise<void> {
  const shops = { ar: await storeMail(tx, 'ar'), en: await storeMail(tx, 'en') }
  for (const { orderId, email, buyerName, locale } of await orderContacts(tx, orderIds)) {
    const { slug, store, envelope } = shops[locale]
    await queueMessage(tx, {
      ...newVersionMail({
        locale,
        store,
        productTitle: inLocale(news.title, locale),
        version: String(news.number),
        notes: inLocale(news.notes, locale),
        downloadUrl: orderUrl(tx, slug, { id: orderId, locale }),
      }),
      ...envelope,
      dedupeKey: `version/${news.versionId}/${email}`,
      to: { email, name: buyerName },
      related: { kind: 'order', id: orderId },
    })
  }
}

function inLocale(text: { ar: string; en: string }, locale: Locale): string {
  return text[locale] === '' ? text[locale === 'ar' ? 'en' : 'ar'] : text[locale]
}
