import fc from 'fast-check'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import { rows, transaction } from '../../platform/database/transaction.ts'
import { entry } from './model/calls.test-support.ts'
import { seed } from './model/check-model.test-support.ts'
import { postEntries } from './operations/post-entries.ts'
import type { NewEntry } from './schema.ts'

const clock = standingClock('2026-03-02T00:00:00Z')
let services: TestServices

beforeAll(async () => {
  services = await testServices({ clock })
  console.log(`seed ${seed}; LEDGER_SEED=${seed} repeats it`)
})

const newBooks = (): Ctx => systemCtx(services, services.ids.next())

/** Posts entries in one call, and says what became of each: all but the ids, which differ from books to books. */
async function post(ctx: Ctx, entries: readonly NewEntry[]): Promise<object[]> {
  const outcomes = await transaction(ctx, (tx) => postEntries(tx, entries))
  return outcomes.map((outcome) => ({ ...outcome, entryId: undefined }))
}

/** Every posting with its place and running balance, and every account. */
function stateOf(ctx: Ctx): Promise<object[]> {
  return transaction(ctx, (tx) =>
    rows<object>(
      tx,
      sql`SELECT a.code, a.currency, a.balance AS last, a.version, p.chapter, p.place, p.amount, p.balance, p.line, e.key
          FROM ledger_accounts a
          JOIN ledger_postings p ON p.workspace_id = a.workspace_id AND p.account = a.number
          JOIN ledger_entries e ON e.workspace_id = a.workspace_id AND e.id = p.entry_id
          WHERE a.workspace_id = ${tx.workspaceId} ORDER BY a.code, a.currency, p.chapter, p.place`,
    ),
  )
}

/** A move within one of five closed circles of accounts: those of different circles have nothing to do with each other. */
const circled = fc
  .record({ circle: fc.integer({ min: 0, max: 4 }), out: fc.boolean(), amountMinor: fc.bigInt(1n, 90n) })
  .map(({ circle, out, amountMinor }) => ({
    circle,
    postings: [
      { account: `2110.w${circle}`, currency: 'SAR', amountMinor: out ? amountMinor : -amountMinor },
      { account: `1100.b${circle}`, currency: 'SAR', amountMinor: out ? -amountMinor : amountMinor },
    ],
  }))

describe('postings', () => {
  test('in a batch do what they do one after the other', { timeout: 60_000 }, async () => {
    const property = fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 40 }), async (entries) => {
      const [atOnce, oneByOne] = [newBooks(), newBooks()]
      const outcomes = await post(atOnce, entries)
      const sequence: object[] = []
      for (const one of entries) sequence.push(...(await post(oneByOne, [one])))
      expect(outcomes).toEqual(sequence)
      expect(await stateOf(atOnce)).toEqual(await stateOf(oneByOne))
    })
    await fc.assert(property, { seed, numRuns: 40 })
  })

  test('that have nothing to do with each other may come in any order', { timeout: 60_000 }, async () => {
    const moves = fc.array(circled, { minLength: 2, maxLength: 30 })
    const property = fc.asyncProperty(moves, async (list) => {
      const entries = list.map(({ postings }, at) => ({ key: `m${at}`, kind: 'test', postings }))
      // Circle after circle, each in its own order: what the first books did mixed.
      const order = [...entries.keys()].toSorted(
        (left, right) => (list[left]?.circle ?? 0) - (list[right]?.circle ?? 0),
      )
      const [mixed, sorted] = [newBooks(), newBooks()]
      const outcomes = await post(mixed, entries)
      const again = await post(
        sorted,
        order.flatMap((at) => entries[at] ?? []),
      )
      expect(again).toEqual(order.map((at) => outcomes[at]))
      expect(await stateOf(sorted)).toEqual(await stateOf(mixed))
    })
    await fc.assert(property, { seed, numRuns: 30 })
  })
})
