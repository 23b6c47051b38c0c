import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { KillPlan } from './kill-at.ts'
import type { FaultyServer } from './server.ts'
import { comeBack, newPurchase, orderIt, pay, refund, type Purchase, type Store } from './shopper.ts'

/** Where purchases are made, and how. */
export type Walked = { server: FaultyServer; store: Store; route: Route }

/** A place to die at: the nth commit of that name in a purchase. */
export type Point = { point: string; nth: number }

/** What came of dying at a point: how long until the server answered again, and from then until nothing was half. */
export type Outcome = { upMs: number; wholeMs: number }

/** How the store learns that it was paid: by the provider's message alone, or by the buyer's return alone. */
export type Route = 'message' | 'return'

/** Work that goes on beside every purchase and belongs to none: the queue's own, and what the clock starts. */
const BESIDE = new RegExp(
  [
    '^read$|pgboss\\.version|resume-mail|send-message|^update test_faults$|^hand over$',
    'sweep-|scheduled-backup|seal-logs|keep-all-books|keep-data',
  ].join('|'),
)

const PATIENCE_MS = 90_000

/** Makes a purchase, from the cart to the credit note, and lists its commits in their order. */
export async function listPoints({ server, store, route }: Walked, nth: number): Promise<Point[]> {
  await untilIdle(server)
  const trace = join(server.dataDir, 'trace')
  rmSync(trace, { force: true })
  server.arm({ trace })
  await buyAndReturn({ server, store, route }, newPurchase(nth))
  server.disarm()
  const counts = new Map<string, number>()
  return readFileSync(trace, 'utf8')
    .split('\n')
    .filter((point) => point !== '' && !BESIDE.test(point))
    .map((point) => {
      const seen = (counts.get(point) ?? 0) + 1
      counts.set(point, seen)
      return { point, nth: seen }
    })
}

/** What is done at every start, such as the sweep of payments, belongs to no purchase. */
async function untilIdle(server: FaultyServer): Promise<void> {
  const due = () =>
    server.query(`SELECT id FROM pgboss.job WHERE state < 'completed' AND start_after <= now()
      UNION ALL SELECT id FROM pgboss.event`)
  const until = performance.now() + PATIENCE_MS
  while ((await due()).length > 0 && performance.now() < until) await sleep(100)
}

/** All that can happen to an order: bought, paid, delivered, and given back. Can be repeated from any point on. */
export async function buyAndReturn({ server, store, route }: Walked, purchase: Purchase): Promise<void> {
  await orderIt(server, store, purchase)
  await pay(server, purchase, { delivery: route === 'message' ? 'once' : 'lost' })
  if (route === 'return') await comeBack(purchase)
  await untilWhole(server, purchase, 'sold')
  await refund(server, store, purchase)
  await untilWhole(server, purchase, 'returned')
}

/**
 * Makes a purchase during which the server, or its database, is killed; then lets it recover and the buyer go on. Nothing
 * comes back of a purchase that went past the point: the queue takes together what is there at once, in other rounds each time.
 */
export async function dieAt(
  walked: Walked,
  purchase: Purchase,
  kill: NonNullable<KillPlan['kill']>,
): Promise<Outcome | undefined> {
  const { server, store } = walked
  server.arm({ kill })
  const first = buyAndReturn(walked, purchase).catch(() => 'stopped')
  await Promise.race([first, struck(server)])
  if (existsSync(join(server.dataDir, 'faults.json'))) {
    server.disarm()
    const end = await first
    if (end === 'stopped') throw new Error('the purchase stopped before it came to this point')
    return undefined
  }
  const began = performance.now()
  if (kill.victim === 'node') {
    await server.ended()
    await server.start()
  }
  await answersFromItsDatabase(server, store)
  const up = performance.now()
  await untilWhole(server, purchase)
  const whole = performance.now()
  await first
  await buyAndReturn(walked, purchase)
  return { upMs: Math.round(up - began), wholeMs: Math.round(whole - up) }
}

async function struck(server: FaultyServer): Promise<void> {
  while (existsSync(join(server.dataDir, 'faults.json'))) await sleep(5)
}

async function answersFromItsDatabase(server: FaultyServer, store: Store): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const answer = await fetch(`${server.url}/api/v1/orders?limit=1`, {
      headers: { authorization: `Bearer ${store.token}` },
      signal: AbortSignal.timeout(5000),
    }).catch(() => undefined)
    if (answer?.ok === true) return
    if (performance.now() > deadline)
      throw new Error(`the server does not answer\n${server.log().slice(-3000)}`)
    await sleep(20)
  }
}

type State = {
  status: string
  payment: string
  provider: string | null
  returned: boolean
  sales: number
  refundEntries: number
  rights: number
  withdrawn: number
  invoices: number
  notes: number
  receipts: number
  notices: number
  refunds: number
  open: number
}

/**
 * Waits until nothing about a purchase is half. What changes in one transaction must never be seen apart, and nothing may
 * ever be there twice: that throws at once.
 */
export async function untilWhole(
  server: FaultyServer,
  { email }: Pick<Purchase, 'email'>,
  wanted?: 'sold' | 'returned',
): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const state = await read(server, email)
    if (state !== undefined) refuseTorn(state)
    const left = state === undefined ? [] : halves(state)
    const reached =
      wanted === undefined || (wanted === 'sold' ? state?.sales === 1 : state?.status === 'refunded')
    if (left.length === 0 && reached) return
    if (performance.now() > deadline)
      throw new Error(`still half: ${JSON.stringify({ left, state })}\n${server.log().slice(-3000)}`)
    await sleep(25)
  }
}

function refuseTorn(state: State): void {
  const counted = ['sales', 'refundEntries', 'rights', 'invoices', 'notes', 'receipts', 'notices', 'refunds']
  for (const name of counted) {
    if (Number(state[name as keyof State]) > 1) throw new Error(`twice: ${name} ${JSON.stringify(state)}`)
  }
  const sold = state.status !== 'pending' && state.status !== 'cancelled'
  const together = [sold, state.payment === 'captured', state.sales === 1]
  if (new Set(together).size > 1) throw new Error(`torn sale: ${JSON.stringify(state)}`)
  if (sold && state.provider !== 'paid') throw new Error(`sold without money: ${JSON.stringify(state)}`)
  if ((state.status === 'refunded') !== (state.refundEntries === 1))
    throw new Error(`torn refund: ${JSON.stringify(state)}`)
}

/** What is still to come of a purchase in this state. */
function halves(state: State): string[] {
  const left: string[] = []
  const expect = (holds: boolean, what: string) => {
    if (!holds) left.push(what)
  }
  const sold = state.provider === 'paid' ? 1 : 0
  expect(state.sales === sold, 'sale')
  expect(state.rights === sold, 'right')
  expect(state.invoices === sold, 'invoice')
  expect(state.receipts === sold, 'receipt')
  expect(state.returned === (state.refunds === 1), 'money given back')
  expect(state.refundEntries === state.refunds, 'refund')
  expect(state.withdrawn === state.refunds, 'right withdrawn')
  expect(state.notes === state.refunds, 'credit note')
  expect(state.notices === state.refunds, 'notice')
  expect(state.open === 0, 'jobs')
  return left
}

async function read(server: FaultyServer, email: string): Promise<State | undefined> {
  const [state] = await server.query<State>(STATE, [email]).catch((error: unknown) => {
    // The database is away; a server that is not expected to be is found by the deadline.
    if (server.isRunning()) return []
    throw error
  })
  return state
}

const STATE = `
  SELECT o.status, p.status AS payment, t.status AS provider, coalesce(t.refunded_minor = t.amount_minor, false) AS returned,
    (SELECT count(*)::int FROM ledger_entries e WHERE e.source_id = o.id AND e.kind = 'sale') AS sales,
    (SELECT count(*)::int FROM ledger_entries e WHERE e.source_id = o.id AND e.kind = 'refund') AS "refundEntries",
    (SELECT count(*)::int FROM entitlements e WHERE e.order_id = o.id) AS rights,
    (SELECT count(*)::int FROM entitlements e WHERE e.order_id = o.id AND e.revoked_at IS NOT NULL) AS withdrawn,
    (SELECT count(*)::int FROM documents d WHERE d.order_id = o.id AND d.kind = 'invoice') AS invoices,
    (SELECT count(*)::int FROM documents d WHERE d.order_id = o.id AND d.kind = 'credit-note') AS notes,
    (SELECT count(*)::int FROM messages m WHERE m.related_id = o.id AND m.kind = 'receipt') AS receipts,
    (SELECT count(*)::int FROM messages m WHERE m.related_id = o.id AND m.kind = 'refund') AS notices,
    (SELECT count(*)::int FROM refunds r WHERE r.order_id = o.id) AS refunds,
    (SELECT count(*)::int FROM pgboss.job j WHERE j.state < 'completed' AND j.start_after < now() + interval '1 minute'
      AND j.name !~ '^(__pgboss|sweep|resume|hash|send-message)' AND j.data->'workspaceId' <> 'null'::jsonb)
    + (SELECT count(*)::int FROM pgboss.event) AS open
  FROM orders o JOIN payments p ON p.order_id = o.id
  LEFT JOIN test_payments t ON t.idempotency_key = p.id::text
  WHERE o.email = $1`

type Books = { name: string; wrong: string }

/** What does not add up over all purchases of a store whose purchases are all whole. */
export async function wrongBooks(server: FaultyServer): Promise<Books[]> {
  return server.query<Books>(`
    SELECT 'trial balance' AS name, currency || ' ' || sum(balance) AS wrong FROM ledger_accounts
      GROUP BY currency HAVING sum(balance) <> 0
    UNION ALL
    SELECT 'postings of an entry', entry_id::text FROM ledger_postings GROUP BY entry_id HAVING sum(amount) <> 0
    UNION ALL
    SELECT 'clearing', ours || ' is not ' || theirs FROM
      (SELECT coalesce(sum(balance), 0) AS ours FROM ledger_accounts WHERE code LIKE '1150%') a,
      (SELECT coalesce(sum(amount_minor - refunded_minor), 0) AS theirs FROM test_payments WHERE status = 'paid') b
      WHERE ours <> theirs
    UNION ALL
    SELECT 'numbers of ' || kind, string_agg(number::text, ',' ORDER BY number) FROM documents GROUP BY kind
      HAVING max(number) <> count(*) OR min(number) <> 1 OR count(DISTINCT number) <> count(*)
    UNION ALL
    SELECT 'counter of ' || c.kind, c.last::text FROM document_counters c
      WHERE c.last <> (SELECT count(*) FROM documents d WHERE d.kind = c.kind)
    UNION ALL
    SELECT 'reserved copies', reserved::text FROM product_stock WHERE reserved <> 0
    UNION ALL
    SELECT 'failed jobs', name || ' ' || coalesce(output::text, '') FROM pgboss.job WHERE state = 'failed'`)
}
