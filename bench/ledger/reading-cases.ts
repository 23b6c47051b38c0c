import { readBalance } from '../../src/modules/ledger/operations/read-balance.ts'
import { listStatement } from '../../src/modules/ledger/operations/list-statement.ts'
import { readIncomeStatement, readTrialBalance } from '../../src/modules/ledger/operations/read-reports.ts'
import { postEntries } from '../../src/modules/ledger/index.ts'
import { transaction } from '../../src/platform/database/transaction.ts'
import type { Ctx } from '../../src/platform/ctx.ts'
import type { Figure } from '../ledger.ts'
import type { Bench } from './open-bench.ts'

const ACCOUNTS = 10_000
const ROUNDS = 200

async function median(rounds: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let at = 0; at < rounds + 10; at++) {
    const start = performance.now()
    await work()
    if (at >= 10) times.push(performance.now() - start)
  }
  return times.toSorted((left, right) => left - right)[Math.floor(times.length / 2)] ?? Number.NaN
}

const account = () => `1100.a${String(Math.floor(Math.random() * 50)).padStart(2, '0')}`

const atMost = (name: string, value: number, reference: number): Figure => ({
  name,
  value,
  unit: 'ms',
  reference,
  atMost: true,
})

/** A moment between the first and the last entry. */
function someTime(ctx: Ctx): Date {
  return new Date(ctx.clock.now().getTime() - Math.floor(Math.random() * 60_000))
}

async function balance({ ctx }: Bench): Promise<Figure[]> {
  const query = () => ({ account: account(), currency: 'SAR' })
  const now = await median(ROUNDS, () => readBalance(ctx, query()))
  const recorded = await median(ROUNDS, () => readBalance(ctx, { ...query(), recordedAt: someTime(ctx) }))
  return [atMost('balance', now, 2), atMost('balance-as-of', recorded, 2)]
}

async function statement({ ctx }: Bench): Promise<Figure[]> {
  const { version = 0n } = await readBalance(ctx, { account: '1100.a01', currency: 'SAR' })
  const query = { account: '1100.a01', currency: 'SAR', limit: 50 }
  const value = await median(ROUNDS, () =>
    listStatement(ctx, {
      ...query,
      beforeVersion: 51n + BigInt(Math.floor(Math.random() * Number(version - 50n))),
    }),
  )
  return [atMost('statement', value, 10)]
}

/** Of books with 10,000 accounts, each posted to; and, for comparison, by effective time at the large books. */
async function trialBalance(bench: Bench): Promise<Figure[]> {
  const ctx = bench.newBooks()
  for (let from = 0; from < ACCOUNTS; from += 500) {
    const entries = Array.from({ length: 500 }, (_, at) => ({
      key: `open/${from + at}`,
      kind: 'opening',
      postings: [
        { account: `2110.w${from + at}`, currency: 'SAR', amountMinor: -100n },
        { account: '1100', currency: 'SAR', amountMinor: 100n },
      ],
    }))
    await transaction(ctx, (tx) => postEntries(tx, entries))
  }
  const value = await median(30, () => readTrialBalance(ctx))
  const midnight = new Date(Math.floor(ctx.clock.now().getTime() / 86_400_000) * 86_400_000)
  const income = await median(10, () =>
    readIncomeStatement(bench.ctx, { before: new Date(midnight.getTime() + 86_400_000) }),
  )
  return [atMost('trial-balance', value, 50), atMost('income-statement', income, 50)]
}

/** Cases that read, at as many entries as the growth case left. */
export const readingCases: Readonly<Record<string, (bench: Bench) => Promise<Figure[]>>> = {
  balance,
  statement,
  'trial-balance': trialBalance,
}
