import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { TestServices } from '../../../../test/support/services.ts'
import { makeWorkspace } from '../../../../test/support/workspace.ts'
import { systemCtx, type Ctx, type TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { PeriodClosed } from '../errors.ts'
import { closePeriod } from '../operations/close-period.ts'
import { exchangeCurrency } from '../operations/exchange-currency.ts'
import { expireHold, holdAmount, postHold, voidHold } from '../operations/hold-amount.ts'
import { postEntries } from '../operations/post-entries.ts'
import { postEntry } from '../operations/post-entry.ts'
import { readBalance } from '../operations/read-balance.ts'
import { reverseEntries, reverseEntry } from '../operations/reverse-entry.ts'
import { sealBooks } from '../operations/seal-books.ts'
import { verifyBooks } from '../operations/verify-books.ts'
import {
  checkSums,
  differences,
  fingerprint,
  readAccounts,
  readExchanges,
  sameExchanges,
} from './compare-books.test-support.ts'
import { emptyModel, rewind, step, type Call, type Model } from './ledger-model.ts'

/** Real books beside their model. */
export type Run = {
  readonly ctx: Ctx
  readonly services: TestServices
  readonly clock: { advance(ms: number): void }
  readonly model: Model
  /** The database's ids of entries and holds, by key. */
  readonly ids: Map<string, string>
  /** Balances as they were recorded at moments that are over. */
  readonly past: { code: string; currency: string; at: Date; balance: bigint }[]
  calls: number
  rounds: number
  /** Rounds of refusals alone that were compared byte by byte. */
  refusals: number
}

/** Answers that change nothing. */
const LEFT_ALONE = new Set([
  'replayed',
  'key-reuse',
  'insufficient-funds',
  'version-conflict',
  'period-closed',
  'out-of-range',
  'resolved',
  'not-due',
  'not-found',
  'already-reversed',
  'refused',
])
const FINGERPRINT_EVERY = 4

/** Starts with empty books of a new workspace. */
export async function startRun(services: TestServices, clock: Run['clock']): Promise<Run> {
  const { workspaceId } = await makeWorkspace(services)
  const ctx = systemCtx(services, workspaceId)
  return {
    ctx,
    services,
    clock,
    model: emptyModel(),
    ids: new Map(),
    past: [],
    calls: 0,
    rounds: 0,
    refusals: 0,
  }
}

/**
 * Makes all calls of a round at once, each in its own transaction, and finds an order in which the model gives exactly the
 * answers that the ledger gave. There must be one; after it, both must hold the same state.
 */
export async function runRound(run: Run, wanted: readonly Call[]): Promise<void> {
  run.clock.advance(1000)
  const now = run.ctx.clock.now()
  const calls = wanted.map((call) => prepare(run, call))
  const before = run.rounds % FINGERPRINT_EVERY === 0 ? await fingerprint(run.ctx) : undefined
  const answers = await Promise.all(calls.map((call) => perform(run, call)))
  run.calls += calls.length
  run.rounds++
  const found = await readAccounts(run.ctx)
  const exchanged = await readExchanges(run, calls)
  const explained = linearise(run.model, calls, {
    answers,
    now: now.getTime(),
    matches: () => differences(run.model, found).length === 0 && sameExchanges(run.model, exchanged),
  })
  if (!explained) {
    const shown = calls.map(
      (call, at) => `${show(call)} → ${answers[at]}; in this order ${step(run.model, call, now.getTime())}`,
    )
    shown.push(`then different: ${differences(run.model, found).join(', ')}`)
    throw new Error(`no order of these calls explains their answers and what they left:\n${shown.join('\n')}`)
  }
  run.model.undo.length = 0
  checkSums(found)
  if (
    before !== undefined &&
    answers.every((answer) => answer.split(',').every((one) => LEFT_ALONE.has(one)))
  ) {
    expect(await fingerprint(run.ctx), 'what was refused leaves every byte as it was').toBe(before)
    run.refusals++
  }
  const row = found[run.rounds % Math.max(1, found.length)]
  if (row !== undefined)
    run.past.push({ code: row.code, currency: row.currency, at: now, balance: row.balance })
  if (run.rounds % 10 === 0) await sealBooks(run.ctx)
}

/** Whatever was recorded since, the past is as it was; and all that is kept is what the postings say. */
export async function finishRun(run: Run): Promise<void> {
  for (const { code, currency, at, balance } of run.past) {
    const found = await readBalance(run.ctx, { account: code, currency, recordedAt: at })
    expect(found.balanceMinor, `${code} ${currency} as recorded at ${at.toISOString()}`).toBe(balance)
  }
  await sealBooks(run.ctx)
  expect((await verifyBooks(run.ctx)).faults).toEqual([])
}

/** The call with what its caller knows: ids of targets, and parts only of entries that can be reversed in part. */
function prepare({ model, ids }: Run, call: Call): Call {
  if (call.do === 'resolve') return { ...call, known: ids.has(`hold ${call.hold}`) }
  if (call.do === 'reverse-all')
    return {
      ...call,
      wishes: call.wishes.map((wish) => ({ ...wish, known: ids.has(`entry ${wish.target}`) })),
    }
  if (call.do !== 'reverse') return call
  const { part, ...rest } = call
  const known = ids.has(`entry ${call.target}`)
  const simple = model.entries.get(call.target)?.lines.length === 2
  return { ...rest, known, ...(part === undefined || !simple ? {} : { part }) }
}

async function perform(run: Run, call: Call): Promise<string> {
  const inTx = <T>(work: (tx: TxCtx) => Promise<T>) => transaction(run.ctx, work)
  switch (call.do) {
    case 'post': {
      const [one] = call.entries
      const outcomes =
        call.alone === true && one !== undefined
          ? [await postEntry(run.ctx, one)]
          : await inTx((tx) => postEntries(tx, call.entries))
      for (const [at, outcome] of outcomes.entries()) remember(run, `entry ${call.entries[at]?.key}`, outcome)
      return outcomes.map(({ outcome }) => outcome).join()
    }
    case 'hold': {
      const outcome = await inTx((tx) => holdAmount(tx, call.hold))
      if ('holdId' in outcome && outcome.outcome !== 'key-reuse')
        run.ids.set(`hold ${call.hold.key}`, outcome.holdId)
      return outcome.outcome
    }
    case 'resolve':
      return resolve(run, call)
    case 'reverse': {
      const id = run.ids.get(`entry ${call.target}`) ?? run.services.ids.next()
      const lines = call.part === undefined ? undefined : await linesOf(run, id, call.part)
      const outcome = await inTx((tx) => reverseEntry(tx, id, { key: call.key, ...(lines && { lines }) }))
      remember(run, `entry ${call.key}`, outcome)
      return outcome.outcome
    }
    case 'reverse-all':
      return reverseAll(run, call.wishes)
    case 'exchange': {
      const outcome = await inTx((tx) => exchangeCurrency(tx, call.exchange))
      remember(run, `entry ${call.exchange.key}`, outcome)
      return outcome.outcome
    }
    case 'close':
      return closePeriod(run.ctx, { through: call.through }).then(
        () => 'closed',
        (error: unknown) => {
          if (error instanceof PeriodClosed) return 'refused'
          throw error
        },
      )
  }
}

function remember(run: Run, key: string, outcome: { outcome: string; entryId?: string }): void {
  if (outcome.entryId !== undefined && outcome.outcome !== 'key-reuse') run.ids.set(key, outcome.entryId)
}

async function reverseAll(run: Run, wishes: (Call & { do: 'reverse-all' })['wishes']): Promise<string> {
  const reversals = wishes.map(({ target, key }) => ({
    entryId: run.ids.get(`entry ${target}`) ?? run.services.ids.next(),
    key,
  }))
  const outcomes = await transaction(run.ctx, (tx) => reverseEntries(tx, reversals))
  for (const [at, outcome] of outcomes.entries()) remember(run, `entry ${wishes[at]?.key}`, outcome)
  return outcomes.map(({ outcome }) => outcome).join()
}

async function resolve(run: Run, call: Call & { do: 'resolve' }): Promise<string> {
  const id = call.known ? run.ids.get(`hold ${call.hold}`) : undefined
  const holdId = id ?? run.services.ids.next()
  const { key, final, amount } = call
  const outcome = await transaction(run.ctx, (tx) => {
    if (call.verb === 'void') return voidHold(tx, holdId)
    if (call.verb === 'expire') return expireHold(tx, holdId)
    return postHold(tx, holdId, { key, final, ...(amount === undefined ? {} : { amountMinor: amount }) })
  })
  remember(run, `entry ${call.key}`, outcome)
  return outcome.outcome
}

async function linesOf(run: Run, id: string, part: bigint): Promise<{ line: number; amountMinor: bigint }[]> {
  const found = await transaction(run.ctx, (tx) =>
    rows<{ line: number; amount: bigint }>(
      tx,
      sql`SELECT line, amount FROM ledger_postings WHERE workspace_id = ${tx.workspaceId} AND entry_id = ${id} ORDER BY line`,
    ),
  )
  return found.map(({ line, amount }) => ({ line, amountMinor: amount > 0n ? part : -part }))
}

/** Depth first: a call may come next if the model, as it then is, gives the answer that the ledger gave. */
function linearise(
  model: Model,
  calls: readonly Call[],
  seen: { answers: readonly string[]; now: number; matches: () => boolean },
  done: ReadonlySet<number> = new Set(),
): boolean {
  if (done.size === calls.length) return seen.matches()
  for (const [at, call] of calls.entries()) {
    if (done.has(at)) continue
    const mark = model.undo.length
    const answer = step(model, call, seen.now)
    if (answer === seen.answers[at] && linearise(model, calls, seen, new Set([...done, at]))) return true
    rewind(model, mark)
  }
  return false
}

/** A call as a reader of a failure wants it. */
export function show(call: Call): string {
  return JSON.stringify(call, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part))
}
