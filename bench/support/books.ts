import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Shop } from './shop.ts'

const PATIENCE_MS = 120_000

/** Looks at one workspace from now on; the owner is fenced in like everyone else. */
export async function enter(db: pg.Client, shop: Shop): Promise<void> {
  await db.query("SELECT set_config('rafid.workspace_id', $1, false)", [shop.workspaceId])
}

/** The newest right: what is granted from now on comes after it, since ids are in the order of time. */
export async function newestEntitlement(db: pg.Client): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT id FROM entitlements WHERE workspace_id = rafid_workspace() ORDER BY id DESC LIMIT 1`,
  )
  return rows[0]?.id ?? '00000000-0000-0000-0000-000000000000'
}

/** Waits for the last of `count` rights after another; the moment at which it was seen, at most 20 ms late. */
export async function lastEntitlement(db: pg.Client, after: string, count: number): Promise<number> {
  const deadline = performance.now() + PATIENCE_MS
  let found = 0
  while (performance.now() < deadline) {
    const { rows } = await db.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM entitlements WHERE workspace_id = rafid_workspace() AND id > $1',
      [after],
    )
    found = rows[0]?.n ?? 0
    if (found >= count) return performance.now()
    await sleep(20)
  }
  throw new Error(`only ${found} of ${count} rights after two minutes`)
}

const AFTER_A_SALE = ['deliver-test-message', 'fulfil-order', 'issue-invoice', 'send-receipt']

/** Waits until nothing is due any more of what a sale brings, or of `names`. */
export async function quiet(db: pg.Client, names = AFTER_A_SALE, patienceMs = PATIENCE_MS): Promise<void> {
  const deadline = performance.now() + patienceMs
  let waiting: string[] = []
  while (performance.now() < deadline) {
    const { rows } = await db.query<{ name: string }>(
      `SELECT DISTINCT name FROM pgboss.job WHERE state < 'completed' AND start_after <= now() AND name = ANY ($1)
       UNION SELECT DISTINCT name FROM pgboss.event`,
      [names],
    )
    waiting = rows.map(({ name }) => name)
    if (waiting.length === 0) return
    await sleep(50)
  }
  throw new Error(`still waiting: ${waiting.join(', ')}`)
}

type Faults = {
  unbalanced: number
  entries: number
  sums: number
  without: number
  uninvoiced: number
  unreceipted: number
  open: number
}

/**
 * Faults of the books after `orders` purchases, in words; none if the trial balance is zero, each entry balances, each
 * account is the sum of its postings, and each order is paid with its right, invoice and receipt.
 */
export async function findFaults(db: pg.Client, orders: number): Promise<string[]> {
  const { rows } = await db.query<Faults & { orders: number }>(`
    SELECT
      (SELECT count(*)::int FROM orders WHERE workspace_id = rafid_workspace()) AS orders,
      (SELECT count(*)::int FROM orders WHERE workspace_id = rafid_workspace() AND status <> 'paid') AS open,
      (SELECT count(*)::int FROM (SELECT currency FROM ledger_accounts WHERE workspace_id = rafid_workspace()
        GROUP BY currency HAVING sum(balance) <> 0) x) AS unbalanced,
      (SELECT count(*)::int FROM (SELECT entry_id FROM ledger_postings WHERE workspace_id = rafid_workspace()
        GROUP BY entry_id HAVING sum(amount) <> 0) x) AS entries,
      (SELECT count(*)::int FROM ledger_accounts a LEFT JOIN (SELECT account, sum(amount) AS total, count(*) AS n
          FROM ledger_postings WHERE workspace_id = rafid_workspace() GROUP BY account) p ON p.account = a.number
        WHERE a.workspace_id = rafid_workspace()
          AND (a.balance <> coalesce(p.total, 0) OR a.version <> coalesce(p.n, 0))) AS sums,
      (SELECT count(*)::int FROM orders o WHERE o.workspace_id = rafid_workspace() AND NOT EXISTS (
        SELECT FROM entitlements e WHERE e.workspace_id = o.workspace_id AND e.order_id = o.id)) AS without,
      (SELECT count(*)::int FROM orders o WHERE o.workspace_id = rafid_workspace() AND NOT EXISTS (
        SELECT FROM documents d WHERE d.workspace_id = o.workspace_id AND d.order_id = o.id)) AS uninvoiced,
      (SELECT count(*)::int FROM orders o WHERE o.workspace_id = rafid_workspace() AND NOT EXISTS (
        SELECT FROM messages m WHERE m.workspace_id = o.workspace_id AND m.dedupe_key = 'receipt/' || o.id)) AS unreceipted`)
  const [found] = rows
  if (found === undefined) return ['the books cannot be read']
  const faults: [number, string][] = [
    [Math.abs(found.orders - orders), `orders are not ${orders} but ${found.orders}`],
    [found.open, `${found.open} orders are not paid`],
    [found.unbalanced, `the trial balance of ${found.unbalanced} currencies is not zero`],
    [found.entries, `${found.entries} entries do not balance`],
    [found.sums, `${found.sums} accounts are not the sum of their postings`],
    [found.without, `${found.without} orders have no entitlement`],
    [found.uninvoiced, `${found.uninvoiced} orders have no invoice`],
    [found.unreceipted, `${found.unreceipted} orders have no receipt`],
  ]
  return faults.filter(([count]) => count > 0).map(([, words]) => words)
}
