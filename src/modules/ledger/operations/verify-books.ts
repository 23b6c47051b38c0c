import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { blockHash, CHAIN_START, LOCATOR_BYTES, rowHash, type Range } from '../rules/chain.ts'
import { chapterOf } from './chapters.ts'
import { findStateFaults } from './find-state-faults.ts'
import { sqlArray } from './sql-array.ts'
import { readCanonicalRows, type CanonicalRow } from './read-rows.ts'

/** One thing that is not as it was posted; `what` is a key of the catalogue under `ledger.faults`. */
export type Fault = {
  readonly what:
    | 'posting-changed'
    | 'posting-missing'
    | 'posting-added'
    | 'seal-changed'
    | 'seal-missing'
    | 'head-missing'
    | 'balance'
    | 'account-state'
    | 'entry-unbalanced'
    | 'entry-alone'
    | 'entry-missing'
    | 'pending'
    | 'hold'
    | 'day-sums'
  readonly account?: string
  readonly currency?: string
  readonly version?: string
  readonly entryId?: string
  readonly seal?: number
}

/** What `verify` found. The books are proven up to the last seal if there is no fault. */
export type Verification = {
  readonly faults: readonly Fault[]
  /** There were more faults than are listed. */
  readonly more: boolean
  readonly seals: number
  readonly sealedPostings: number
  readonly unsealedPostings: number
  /** The last seal: note its hash elsewhere, and it will show any change of what came before. */
  readonly head?: { readonly number: number; readonly hash: string; readonly sealedAt: Date }
  /** The latest entry that is sealed. */
  readonly provenThrough?: { readonly entryId: string; readonly recordedAt: Date }
}

type Seal = {
  number: number
  sealedAt: Date
  accounts: number[]
  fromVersions: bigint[]
  toVersions: bigint[]
  previous: Buffer
  hash: Buffer
  locators: Buffer
}

const MOST_FAULTS = 100

/**
 * Proves the books: recomputes every seal from the rows, then every balance, sum, hold and day total from the postings. A
 * row that anyone touched is named. `expected` is a head that was noted earlier and must still be in the chain.
 */
export async function verifyBooks(
  ctx: Ctx,
  expected?: { number: number; hash: string },
): Promise<Verification> {
  const faults: Fault[] = []
  const walk: Walk = { previous: CHAIN_START, number: 0, ends: new Map(), postings: 0 }
  for (;;) {
    const seal = await transaction(ctx, async (tx) => {
      const next = await readSeal(tx, walk.number)
      if (next !== undefined) faults.push(...(await checkSeal(tx, walk, next)))
      return next
    })
    if (seal === undefined) break
    if (expected?.number === seal.number && expected.hash !== seal.hash.toString('hex')) {
      faults.push({ what: 'head-missing', seal: seal.number })
    }
    walk.previous = seal.hash
    walk.number = seal.number
    walk.last = seal
  }
  if (expected !== undefined && expected.number > walk.number) {
    faults.push({ what: 'head-missing', seal: expected.number })
  }
  return transaction(ctx, async (tx) => {
    const all = [...faults, ...(await findStateFaults(tx, walk.ends, MOST_FAULTS))]
    return {
      faults: all.slice(0, MOST_FAULTS),
      more: all.length > MOST_FAULTS,
      seals: walk.number,
      sealedPostings: walk.postings,
      unsealedPostings: (await countPostings(tx)) - walk.postings,
      ...(walk.last === undefined
        ? {}
        : { head: headOf(walk.last), ...(await provenThrough(tx, walk.last)) }),
    }
  })
}

type Walk = {
  previous: Buffer
  number: number
  /** Up to which version each account is sealed. */
  ends: Map<number, bigint>
  postings: number
  last?: Seal
}

async function readSeal(ctx: TxCtx, after: number): Promise<Seal | undefined> {
  // Arrays of bigint come as texts.
  const [seal] = await rows<
    Omit<Seal, 'fromVersions' | 'toVersions'> & Record<'fromVersions' | 'toVersions', string[]>
  >(
    ctx,
    sql`SELECT number, sealed_at AS "sealedAt", accounts, from_versions AS "fromVersions", to_versions AS "toVersions",
          previous, hash, locators
        FROM ledger_seals WHERE workspace_id = ${ctx.workspaceId} AND number > ${after} ORDER BY number LIMIT 1`,
  )
  return (
    seal && { ...seal, fromVersions: seal.fromVersions.map(BigInt), toVersions: seal.toVersions.map(BigInt) }
  )
}

async function checkSeal(ctx: TxCtx, walk: Walk, seal: Seal): Promise<Fault[]> {
  const { number } = seal
  const faults: Fault[] = []
  if (number !== walk.number + 1) faults.push({ what: 'seal-missing', seal: walk.number + 1 })
  const ranges = rangesOf(seal)
  if (!seal.previous.equals(walk.previous)) faults.push({ what: 'seal-changed', seal: number })
  for (const { account, from, to } of ranges) {
    if ((walk.ends.get(account) ?? 0n) !== from) faults.push({ what: 'seal-changed', seal: number })
    walk.ends.set(account, to)
    walk.postings += Number(to - from)
  }
  const found = await readCanonicalRows(ctx, ranges)
  const hashes = found.map(({ canonical }) => rowHash(canonical))
  const { hash } = blockHash(seal.previous, { number, ranges }, hashes)
  if (hash.equals(seal.hash)) return faults
  const named = nameRows(seal, ranges, { found, hashes })
  const codes = await readCodes(ctx)
  const full = named.map(({ account, ...fault }) => ({ ...fault, ...codes.get(account) }))
  return [...faults, ...(full.length > 0 ? full : [{ what: 'seal-changed' as const, seal: number }])]
}

function rangesOf({ accounts, fromVersions, toVersions }: Seal): Range[] {
  return accounts.map((account, at) => ({ account, from: fromVersions[at] ?? 0n, to: toVersions[at] ?? 0n }))
}

type NamedRow = Pick<Fault, 'what' | 'version' | 'entryId' | 'seal'> & { account: number }

/** Compares the rows of a broken block with its locators, place by place. */
function nameRows(
  seal: Seal,
  ranges: readonly Range[],
  rowsFound: { found: readonly CanonicalRow[]; hashes: readonly Buffer[] },
): NamedRow[] {
  const byPlace = Map.groupBy(
    rowsFound.found.map((row, at) => ({ row, hash: rowsFound.hashes[at] })),
    ({ row }) => `${row.account} ${row.version}`,
  )
  const named: NamedRow[] = []
  let place = 0
  for (const { account, from, to } of ranges) {
    for (let version = from + 1n; version <= to; version++, place++) {
      const locator = seal.locators.subarray(place * LOCATOR_BYTES, (place + 1) * LOCATOR_BYTES)
      const at = byPlace.get(`${account} ${version}`) ?? []
      const base = { account, version: version.toString(), seal: seal.number }
      if (at.length === 0) named.push({ ...base, what: 'posting-missing' })
      const good = at.some(({ hash }) => hash?.subarray(0, LOCATOR_BYTES).equals(locator))
      for (const { row, hash } of at) {
        if (hash?.subarray(0, LOCATOR_BYTES).equals(locator)) continue
        named.push({ ...base, what: good ? 'posting-added' : 'posting-changed', entryId: row.entryId })
      }
    }
  }
  return named
}

async function readCodes(ctx: TxCtx): Promise<Map<number, { account: string; currency: string }>> {
  const found = await rows<{ number: number; account: string; currency: string }>(
    ctx,
    sql`SELECT number, code AS account, currency FROM ledger_accounts WHERE workspace_id = ${ctx.workspaceId}`,
  )
  return new Map(found.map(({ number, ...codes }) => [number, codes]))
}

function headOf({ number, hash, sealedAt }: Seal) {
  return { number, hash: hash.toString('hex'), sealedAt }
}

async function countPostings(ctx: TxCtx): Promise<number> {
  const [row] = await rows<{ count: bigint }>(
    ctx,
    sql`SELECT coalesce(sum(version), 0)::int8 AS count FROM ledger_accounts WHERE workspace_id = ${ctx.workspaceId}`,
  )
  return Number(row?.count ?? 0)
}

async function provenThrough(ctx: TxCtx, seal: Seal): Promise<Pick<Verification, 'provenThrough'>> {
  const found = await rows<{ entryId: string; recordedAt: Date }>(
    ctx,
    sql`SELECT e.id AS "entryId", e.recorded_at AS "recordedAt"
        FROM unnest(${sqlArray(seal.accounts)}::int4[], ${sqlArray(seal.toVersions.map(chapterOf))}::int4[],
          ${sqlArray(seal.toVersions.map((version) => version % 64n))}::int2[]) r(account, chapter, place)
        JOIN ledger_postings p ON p.workspace_id = ${ctx.workspaceId} AND p.account = r.account
          AND p.chapter = r.chapter AND p.place = r.place
        JOIN ledger_entries e ON e.workspace_id = ${ctx.workspaceId} AND e.id = p.entry_id
        ORDER BY e.recorded_at DESC, e.id DESC LIMIT 1`,
  )
  return found[0] === undefined ? {} : { provenThrough: found[0] }
}
