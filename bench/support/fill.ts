import type pg from 'pg'
import type { Shop } from './shop.ts'

/** How much to add to a store. */
export type Filling = { orders: number; products: number }

/** Rows of the template order by table, and what differs in each copy; `n` counts from 1, `p` is the copy's product. */
const ORDER_TABLES: readonly [table: string, ofOrder: string, differs: Readonly<Record<string, string>>][] = [
  [
    'orders',
    'id = $1',
    {
      id: 'fill_id(1, n)',
      number: "'F-' || n",
      email: "'buyer-' || n % 300000 || '@example.com'",
      placed_at: 'at',
      paid_at: 'at',
      expires_at: 'at',
    },
  ],
  ['order_lines', 'order_id = $1', { order_id: 'fill_id(1, n)', product_id: 'p' }],
  [
    'carts',
    'order_id = $1',
    { id: 'fill_id(2, n)', order_id: 'fill_id(1, n)', created_at: 'at', updated_at: 'at' },
  ],
  [
    'payments',
    'order_id = $1',
    {
      id: 'fill_id(3, n)',
      order_id: 'fill_id(1, n)',
      provider_reference: 'fill_id(4, n)::text',
      created_at: 'at',
      updated_at: 'at',
      captured_at: 'at',
    },
  ],
  [
    'test_payments',
    'id::text = (SELECT provider_reference FROM payments WHERE order_id = $1)',
    { id: 'fill_id(4, n)', idempotency_key: 'fill_id(3, n)::text', created_at: 'at' },
  ],
  [
    'payment_events',
    'reference = (SELECT provider_reference FROM payments WHERE order_id = $1)',
    {
      event_id: "fill_id(4, n) || '-paid'",
      reference: 'fill_id(4, n)::text',
      received_at: 'at',
      handled_at: 'at',
    },
  ],
  [
    'idempotency_keys',
    "scope = 'orders/' || (SELECT email FROM orders WHERE id = $1)",
    { key: "'fill-' || n", created_at: 'at' },
  ],
  [
    'documents',
    'order_id = $1',
    {
      id: 'fill_id(5, n)',
      order_id: 'fill_id(1, n)',
      number: "(SELECT max(last) FROM document_counters WHERE kind = 'invoice') + n",
      issued_at: 'at',
    },
  ],
  [
    'entitlements',
    'order_id = $1',
    { id: 'fill_id(6, n)', order_id: 'fill_id(1, n)', product_id: 'p', granted_at: 'at' },
  ],
  // The words of a real receipt would be 8 GB of the same; rows that are never read again cost what their keys cost.
  [
    'messages',
    "dedupe_key = 'receipt/' || $1",
    {
      id: 'fill_id(7, n)',
      dedupe_key: "'receipt/' || fill_id(1, n)",
      related_id: 'fill_id(1, n)',
      html: 'left(t.html, 300)',
      text: 'left(t.text, 300)',
      message_id: "'<' || n || '@example.com>'",
      status: "'sent'",
      sent_at: 'at',
      created_at: 'at',
    },
  ],
  [
    'ledger_entries',
    "source_kind = 'order' AND t.source_id = $1",
    {
      id: 'fill_id(8, n)',
      key: 'md5(n::text)::uuid',
      source_id: 'fill_id(1, n)',
      effective_at: 'at',
      recorded_at: 'at',
    },
  ],
  [
    'ledger_postings',
    "entry_id = (SELECT id FROM ledger_entries WHERE source_kind = 'order' AND source_id = $1)",
    {
      entry_id: 'fill_id(8, n)',
      chapter: '(t.chapter * 64::int8 + t.place + n) / 64',
      place: '(t.place + n) % 64',
      balance: 't.balance + n * t.amount',
    },
  ],
]

const PRODUCT_TABLES: readonly [table: string, column: string, differs: Readonly<Record<string, string>>][] =
  [
    [
      'products',
      'id',
      {
        id: 'fill_id(9, n)',
        slug: "t.slug || '-' || n",
        title_ar: "t.title_ar || ' ' || n",
        title_en: "t.title_en || ' ' || n",
      },
    ],
    ['product_slugs', 'product_id', { product_id: 'fill_id(9, n)', slug_key: "t.slug_key || '-' || n" }],
    ['product_prices', 'product_id', { product_id: 'fill_id(9, n)' }],
    ['product_words', 'product_id', { product_id: 'fill_id(9, n)' }],
    ['product_versions', 'product_id', { product_id: 'fill_id(9, n)', id: 'fill_id(10, n)' }],
  ]

/**
 * Fills a store with copies of its product and of one paid order of it, with everything that belongs to them: payments,
 * documents, rights, messages, and journal entries whose accounts add up. As the administrator, set-based, past the checks
 * that each row would make; what was filled in is then vacuumed and analysed as the database would do by itself.
 */
export async function fill(db: pg.Client, shop: Shop, { orders, products }: Filling): Promise<void> {
  await db.query(
    "SET session_replication_role = replica; SET synchronous_commit = off; SET work_mem = '64MB'",
  )
  // Ids in the order of their time, a year's worth of them, like those that the program makes.
  await db.query(`CREATE OR REPLACE FUNCTION pg_temp.fill_id(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(1735689600000 + n * 31536), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid $$`)
  for (const [table, column, differs] of PRODUCT_TABLES)
    await copy(db, {
      table,
      where: `t.${column} = $1`,
      differs,
      id: shop.productId,
      count: products,
      products,
    })
  const orderId = await newestOrder(db)
  const { rows: sold } = await db.query<{ account: number; amount: string }>(
    `SELECT account, amount FROM ledger_postings WHERE entry_id = (SELECT id FROM ledger_entries WHERE source_id = $1)`,
    [orderId],
  )
  for (const [table, where, differs] of ORDER_TABLES)
    await copy(db, { table, where: `t.${where}`, differs, id: orderId, count: orders, products })
  for (const { account, amount } of sold) {
    await db.query(
      'UPDATE ledger_accounts SET version = version + $1, balance = balance + $1 * $2::int8 WHERE number = $3',
      [orders, amount, account],
    )
  }
  await db.query("UPDATE document_counters SET last = last + $1 WHERE kind = 'invoice'", [orders])
  await db.query('SET session_replication_role = origin; SET synchronous_commit = on')
  await db.query('VACUUM (ANALYZE)')
  await db.query('CHECKPOINT')
}

type Copies = {
  table: string
  where: string
  differs: Readonly<Record<string, string>>
  id: string
  count: number
  products: number
}

async function copy(db: pg.Client, { table, where, differs, id, count, products }: Copies): Promise<void> {
  const pairs = Object.entries(differs).map(
    ([column, value]) => `'${column}', ${value.replaceAll('fill_id(', 'pg_temp.fill_id(')}`,
  )
  const { rowCount } = await db.query(
    `INSERT INTO ${table}
     SELECT r.* FROM ${table} t
     CROSS JOIN (SELECT n, pg_temp.fill_id(9, n % ${products} + 1) AS p, to_timestamp((1735689600000 + n * 31536) / 1000.0) AS at
       FROM generate_series(1::bigint, ${count}) n) c
     CROSS JOIN LATERAL jsonb_populate_record(t, jsonb_build_object(${pairs.join(', ')})) r
     WHERE ${where}`,
    [id],
  )
  if ((rowCount ?? 0) < count) throw new Error(`${table} was filled with ${rowCount} rows, not ${count}`)
}

/** The order that sold last: the accounts' balances are those after it. */
async function newestOrder(db: pg.Client): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT e.source_id AS id FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry_id
     JOIN ledger_accounts a ON a.number = p.account AND a.version = p.chapter * 64::int8 + p.place LIMIT 1`,
  )
  const [order] = rows
  if (order === undefined) throw new Error('no order has been sold yet')
  return order.id
}
