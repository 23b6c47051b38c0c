import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { sql } from 'drizzle-orm'
import type { TestServices } from './services.ts'
import { makeWorkspace, type TestWorkspace } from './workspace.ts'
import { createApp } from '../../src/app.ts'
import type { Ctx } from '../../src/platform/ctx.ts'
import { rows, transaction } from '../../src/platform/database/transaction.ts'
import type { CurrencyCode } from '../../src/shared/currencies.ts'
import type { ApiMoney } from '../../src/shared/money.ts'
import {
  createProduct,
  createVersion,
  publishProduct,
  setPrices,
  setStock,
  updateStore,
  type Price,
} from '../../src/modules/catalog/index.ts'
import { receiveFile } from '../../src/modules/catalog/operations/receive-file.ts'
import { createCart, placeOrder, type Order, type PlacedOrder } from '../../src/modules/checkout/index.ts'
import {
  actOnTestPayment,
  testActionSchema,
  type TestAction,
} from '../../src/modules/checkout/providers/test/act.ts'

/** A store with a tax, three currencies and the test provider, and what a stranger does in it. */
export type Shop = TestWorkspace & {
  app: ReturnType<typeof createApp>
  /** Anybody, in this store. */
  buyer: Ctx
  product(prices?: Price[], stock?: number): Promise<string>
  reprice(productId: string, prices: Price[]): Promise<void>
  order(items: { productId: string; quantity?: number }[], change?: OrderChange): Promise<PlacedOrder>
  /** Acts at the provider, as the buyer or a test does there. */
  act(order: Order, action: Partial<TestAction>): Promise<void>
  /** All rows of a query in this workspace. */
  query<Row>(statement: ReturnType<typeof sql>): Promise<Row[]>
  /** Balances of accounts that are not zero, as `code currency: minor units`. */
  balances(): Promise<Record<string, bigint>>
}

/** What is unusual about an order. */
export type OrderChange = { currency?: CurrencyCode; email?: string; key?: string; expected?: ApiMoney }

/** A fixed price. */
export function fixed(amount: string, currency: CurrencyCode = 'SAR'): Price {
  return { mode: 'fixed', price: { amount, currency } }
}

/** Makes a shop of a test's own. */
export async function makeShop(services: TestServices, options: { taxRateBps?: number } = {}): Promise<Shop> {
  const workspace = await makeWorkspace(services, { currency: 'SAR' })
  const { ctx, workspaceId } = workspace
  await updateStore(ctx, { currencies: ['SAR', 'KWD', 'JPY'], taxRateBps: options.taxRateBps ?? 1500 })
  const buyer: Ctx = { ...ctx, actor: { kind: 'anonymous' } }
  const query = <Row>(statement: ReturnType<typeof sql>) => transaction(ctx, (tx) => rows<Row>(tx, statement))
  return {
    ...workspace,
    app: createApp(services),
    buyer,
    query,
    product: (prices = [fixed('11500')], stock) => publishedProduct(ctx, prices, stock),
    reprice: async (productId, prices) => {
      await setPrices(ctx, productId, { prices })
    },
    order: (items, change) => orderOf(buyer, items, change),
    act: async (order, action) => {
      const [payment] = await query<{ reference: string }>(
        sql`SELECT provider_reference AS reference FROM payments
            WHERE workspace_id = ${workspaceId} AND id = ${order.payment?.id ?? ''}`,
      )
      await actOnTestPayment(
        buyer,
        payment?.reference ?? '',
        testActionSchema.parse({ delivery: 'lost', ...action }),
      )
    },
    balances: async () => {
      const found = await query<{ account: string; balance: bigint }>(
        sql`SELECT code || ' ' || currency AS account, balance FROM ledger_accounts
            WHERE workspace_id = ${workspaceId} AND balance <> 0 ORDER BY 1`,
      )
      return Object.fromEntries(found.map(({ account, balance }) => [account, balance]))
    },
  }
}

async function publishedProduct(ctx: Ctx, prices: Price[], stock?: number): Promise<string> {
  const bytes = Buffer.from('%PDF-1.7\n%%EOF\n')
  const { id } = await createProduct(ctx, {
    title: { ar: `دليل ${randomBytes(4).toString('hex')}`, en: `Guide ${randomBytes(4).toString('hex')}` },
    prices,
  })
  if (stock !== undefined) await setStock(ctx, id, { limit: stock })
  const file = await receiveFile(ctx, { name: 'guide.pdf', body: Readable.from([bytes]) })
  await createVersion(ctx, id, { fileIds: [file.id] })
  await publishProduct(ctx, id)
  return id
}

async function orderOf(
  buyer: Ctx,
  items: { productId: string; quantity?: number }[],
  { currency = 'SAR', email = 'buyer@example.com', key, expected }: OrderChange = {},
): Promise<PlacedOrder> {
  const cart = await createCart(buyer, {
    currency,
    items: items.map(({ productId, quantity = 1 }) => ({ productId, quantity })),
  })
  return placeOrder(
    buyer,
    { cartId: cart.id, email, name: 'ليان العتيبي', locale: 'ar', expectedTotal: expected ?? cart.total },
    key,
  )
}
