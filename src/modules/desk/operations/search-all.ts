import { authorise, rightsOf, type Right } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { listMessages } from '../../../platform/mail/read-messages.ts'
import { listProducts } from '../../catalog/index.ts'
import { listCustomers, listOrders, type OrderSummary } from '../../checkout/index.ts'
import { searchBooks } from '../../ledger/index.ts'
import { searchQuerySchema, type Hit, type SearchQuery } from '../schema.ts'

/** One letter means everybody. */
const SHORTEST = 2

/**
 * Looks for a text in everything that the caller may read: products by their words, orders by number, address and name,
 * customers, the mails about those orders, and the books. Every part is read by an index and bounded by `limit`.
 */
export async function searchAll(ctx: Ctx, input: SearchQuery): Promise<Hit[]> {
  authorise(ctx, 'store:read')
  const { query, limit } = searchQuerySchema.parse(input)
  if (Array.from(query).length < SHORTEST) return []
  const rights = rightsOf(ctx.actor)
  const may = (right: Right) => rights.includes(right)
  const [products, orders, customers, books] = await Promise.all([
    may('products:read') ? listProducts(ctx, { query, limit }).then(({ items }) => items) : [],
    may('orders:read') ? listOrders(ctx, { search: query, limit }).then(({ items }) => items) : [],
    may('customers:read') ? listCustomers(ctx, { search: query, limit }).then(({ items }) => items) : [],
    may('ledger:read') ? searchBooks(ctx, query, limit) : { accounts: [], entries: [] },
  ])
  const mails = may('messages:read') ? await mailsAbout(ctx, orders, limit) : []
  return [
    ...products.map(({ id, title, status, updatedAt }): Hit => ({
      ...PLAIN,
      kind: 'product',
      id,
      title,
      state: status,
      at: updatedAt,
    })),
    ...orders.map(toHit),
    ...customers.map(({ email, name, lastOrderAt }): Hit => ({
      ...PLAIN,
      kind: 'customer',
      id: email,
      title: inBoth(name),
      detail: email,
      at: lastOrderAt,
    })),
    ...mails,
    ...books.entries.map(({ id, kind, memo, effectiveAt }): Hit => ({
      ...PLAIN,
      kind: 'entry',
      id,
      title: inBoth(memo),
      state: kind,
      at: effectiveAt.toISOString(),
    })),
    ...books.accounts.map(({ code, currency, nameAr, nameEn }): Hit => ({
      ...PLAIN,
      kind: 'account',
      id: `${code}/${currency}`,
      title: { ar: nameAr, en: nameEn },
      detail: `${code} · ${currency}`,
    })),
  ]
}

const PLAIN = { detail: '', state: '', amount: null, at: null } as const

function inBoth(text: string): Hit['title'] {
  return { ar: text, en: text }
}

function toHit({ id, number, buyerName, email, status, total, placedAt }: OrderSummary): Hit {
  const detail = buyerName === '' ? email : buyerName
  return { kind: 'order', id, title: inBoth(number), detail, state: status, amount: total, at: placedAt }
}

/** Mails are found through the orders that they are about: nobody remembers a subject. */
async function mailsAbout(ctx: Ctx, orders: readonly OrderSummary[], limit: number): Promise<Hit[]> {
  const pages = await Promise.all(
    orders.map(({ id }) => listMessages(ctx, { related: { kind: 'order', id }, limit })),
  )
  return pages
    .flatMap(({ items }) => items)
    .slice(0, limit)
    .map(({ id, subject, toEmail, status, createdAt }) => ({
      ...PLAIN,
      kind: 'message',
      id,
      title: inBoth(subject),
      detail: toEmail,
      state: status,
      at: createdAt.toISOString(),
    }))
}
