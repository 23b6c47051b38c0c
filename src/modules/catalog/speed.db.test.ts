import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { testServices } from '../../../test/support/services.ts'
import { makeWorkspace } from '../../../test/support/workspace.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { rows, transaction } from '../../platform/database/transaction.ts'
import { findProductPage, listProducts, listShelf, pricesForCart, searchProducts } from './index.ts'
import { indexWords } from './rules/search-words.ts'

const PRODUCTS = 10_000
const subjects = 'دليل كتاب قالب دورة مجموعة أيقونات خطوط عروض خطة دفتر'.split(' ')
const matters =
  'الميزانية التصوير البرمجة الطبخ التسويق الرياضيات الخط الإكسل الفوتوشوب السفر المستشفى'.split(' ')

let ctx: Ctx
let someId = ''

beforeAll(async () => {
  const services = await testServices()
  ctx = (await makeWorkspace(services, { currency: 'SAR' })).ctx
  const made = Array.from({ length: PRODUCTS }, (_, index) => {
    const title = `${subjects[index % 10]} ${matters[index % 11]} رقم ${index}`
    const words = indexWords({
      title: [title, `Product ${index}`],
      summary: [`كل ما يلزم لمن يبدأ ${matters[(index + 3) % 11]}`],
      description: [
        Array.from({ length: 12 }, (__, nth) => `كلمة${(index * 7 + nth * 131) % 5_000}`).join(' '),
      ],
    })
    return { id: services.ids.next(), title, words: [...words] }
  })
  someId = made[777]?.id ?? ''
  await transaction(ctx, async (tx) => {
    const [ids, titles] = [sql.param(made.map(({ id }) => id)), sql.param(made.map(({ title }) => title))]
    const now = ctx.clock.now()
    await rows(
      tx,
      sql`INSERT INTO products (workspace_id, id, kind, title_ar, title_en, slug, published_at, created_at, updated_at)
          SELECT ${tx.workspaceId}, id, 'download', title, '', id::text, ${now}, ${now}, ${now}
          FROM unnest(${ids}::uuid[], ${titles}::text[]) AS m (id, title)`,
    )
    await rows(
      tx,
      sql`INSERT INTO product_slugs (workspace_id, slug_key, product_id, current)
          SELECT ${tx.workspaceId}, id::text, id, true FROM unnest(${ids}::uuid[]) AS m (id)`,
    )
    await rows(
      tx,
      sql`INSERT INTO product_prices (workspace_id, product_id, currency, mode, amount_minor)
          SELECT ${tx.workspaceId}, id, 'SAR', 'fixed', 4900 FROM unnest(${ids}::uuid[]) AS m (id)`,
    )
    const words = made.flatMap(({ id, words: own }) => own.map(([word, weight]) => ({ id, word, weight })))
    await rows(
      tx,
      sql`INSERT INTO product_words (workspace_id, product_id, word, weight, on_sale)
          SELECT ${tx.workspaceId}, w.*, true FROM unnest(${sql.param(words.map(({ id }) => id))}::uuid[],
            ${sql.param(words.map(({ word }) => word))}::text[], ${sql.param(words.map(({ weight }) => weight))}::smallint[]) AS w`,
    )
  })
}, 60_000)

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < 15; run++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return times.toSorted((left, right) => left - right)[7] ?? Number.POSITIVE_INFINITY
}

describe(`with ${PRODUCTS} products`, () => {
  test.each(['رقم', 'كتاب التصوير', 'كت', 'فوتشوب', 'كلمة4242', 'product 777', 'ابجدهوز'])(
    'a search for %s',
    async (query) => {
      const ms = await medianMs(() => searchProducts(ctx, { query }))
      expect(ms).toBeLessThan(250)
    },
  )

  test('a product page, a shelf, prices and the list', async () => {
    const page = await medianMs(() => findProductPage(ctx, someId))
    const shelf = await medianMs(() => listShelf(ctx))
    const prices = await medianMs(() => transaction(ctx, (tx) => pricesForCart(tx, [someId], 'SAR')))
    const list = await medianMs(() => listProducts(ctx, { query: 'كتاب' }))
    expect(page + shelf + prices).toBeLessThan(60)
    expect(list).toBeLessThan(250)
  })
})
