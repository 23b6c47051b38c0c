import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { makeWorkspace } from '../../../test/support/workspace.ts'
import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import { rows, transaction } from '../../platform/database/transaction.ts'
import { projectRoot } from '../../platform/project-root.ts'
import type { CurrencyCode } from '../../shared/currencies.ts'
import { toDecimalString } from '../../shared/money.ts'
import type { ExportFormatName } from './exports/index.ts'
import { closePeriod } from './operations/close-period.ts'
import { exportBooks } from './operations/export-books.ts'
import { holdAmount, postHold } from './operations/hold-amount.ts'
import { importBooks } from './operations/import-books.ts'
import { mustPost } from './operations/post-entries.ts'
import { reverseEntry } from './operations/reverse-entry.ts'
import { sealBooks } from './operations/seal-books.ts'
import { setRates } from './operations/set-rates.ts'
import { verifyBooks } from './operations/verify-books.ts'
import type { NewEntry } from './schema.ts'

let services: TestServices
const folder = mkdtempSync(join(tmpdir(), 'rafid-export-'))
const tools = {
  ...process.env,
  // hledger reads its files by the locale.
  LC_ALL: 'C.UTF-8',
  PATH: [process.env['PATH'], join(projectRoot, '.cache/tools/bin')].join(delimiter),
}

beforeAll(async () => {
  services = await testServices()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Where scripts/test-tools.sh can get the two programs, they must be there. */
const debian = existsSync('/usr/bin/apt-get')

const currencies: readonly CurrencyCode[] = ['SAR', 'KWD', 'JPY']
const accounts = ['1100', '1150.test', '1150.test.eu', '2110.worker-1', '2200', '4000', '5100']
const memos = [
  '',
  'كتاب «الطريق»؛ الطبعة 2',
  'said "yes"; paid\nlater \\ 100%',
  '=1+1',
  '  ! * | 2026-01-01 ',
]

/** Books of all currencies, with everything that an export must carry, and texts that would break a careless one. */
async function books(): Promise<Ctx> {
  const ctx = systemCtx(services, (await makeWorkspace(services)).workspaceId)
  const entry = (at: number): NewEntry => {
    const [currency, memo] = [currencies[at % 3] ?? 'SAR', memos[at % 5] ?? '']
    const net = BigInt(1 + ((at * 7919) % 99_991))
    return {
      key: `export/${at}`,
      kind: 'sale',
      effectiveAt: new Date(Date.UTC(2026, 0, 1 + (at % 40), at % 24)),
      memo,
      source: { kind: 'order', id: services.ids.next() },
      postings: [
        { account: accounts[at % 3] ?? '', currency, amountMinor: net + 15n },
        { account: '4000', currency, amountMinor: -net, stream: { kind: 'product', id: `p;${at % 4}` } },
        { account: accounts[3 + (at % 2)] ?? '', currency, amountMinor: -15n },
      ],
    }
  }
  const ids = await transaction(ctx, (tx) =>
    mustPost(
      tx,
      Array.from({ length: 400 }, (_, at) => entry(at)),
    ),
  )
  await Promise.all(
    Array.from({ length: 40 }, (_, at) => transaction(ctx, (tx) => mustPost(tx, [entry(1000 + at)]))),
  )
  await transaction(ctx, async (tx) => {
    await reverseEntry(tx, ids[3]?.entryId ?? '', { key: 'whole' })
    const lines = [
      { line: 2, amountMinor: -4n },
      { line: 1, amountMinor: 4n },
    ]
    await reverseEntry(tx, ids[9]?.entryId ?? '', { key: 'part', lines })
    const hold = {
      key: 'hold',
      kind: 'payout',
      debit: '2110.worker-1',
      credit: '1100',
      currency: 'SAR',
      amountMinor: 30n,
    }
    const held = await holdAmount(tx, hold)
    if ('holdId' in held) await postHold(tx, held.holdId, { key: 'posted', amountMinor: 10n, final: false })
  })
  await setRates(
    ctx,
    [{ base: 'USD', quote: 'SAR', day: '2026-01-01', numerator: 15n, denominator: 4n, source: 'entered' }],
    'entered',
  )
  await closePeriod(ctx, { through: new Date('2026-01-01T00:00:00Z') })
  return ctx
}

async function exported(ctx: Ctx, name: ExportFormatName): Promise<string> {
  const pieces: string[] = []
  await exportBooks(ctx, name, async (piece) => void pieces.push(piece))
  return pieces.join('')
}

type State = {
  code: string
  currency: CurrencyCode
  balance: bigint
  version: bigint
  debit: bigint
  credit: bigint
}

function stateOf(ctx: Ctx): Promise<State[]> {
  return transaction(ctx, (tx) =>
    rows<State>(
      tx,
      sql`SELECT code, currency, balance, version, pending_debit AS debit, pending_credit AS credit FROM ledger_accounts
          WHERE workspace_id = ${tx.workspaceId} ORDER BY code, currency`,
    ),
  )
}

/** Every account's balance in words that both programs' answers can be brought to: `1150:test 12.345 KWD`. */
async function expectedBalances(ctx: Ctx, nameOf: (code: string) => string): Promise<string[]> {
  return (await stateOf(ctx))
    .filter(({ balance }) => balance !== 0n)
    .map(
      ({ code, currency, balance }) =>
        `${nameOf(code)} ${toDecimalString({ amountMinor: balance, currency })} ${currency}`,
    )
    .toSorted()
}

function run(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { env: tools, encoding: 'utf8', maxBuffer: 2 ** 26 })
}

describe('an export', () => {
  test.skipIf(!debian)(
    'is accepted by hledger, which computes the same balances',
    { timeout: 60_000 },
    async () => {
      const ctx = await books()
      const path = join(folder, 'books.journal')
      writeFileSync(path, await exported(ctx, 'hledger'))
      run('hledger', ['-f', path, 'check', '--strict', 'accounts', 'commodities', 'balancednoautoconversion'])
      const found = run('hledger', ['-f', path, 'balance', '--flat', '-N', '-O', 'csv'])
      const lines = found.trim().split('\n').slice(1)
      const balances = lines.flatMap((line) => {
        const [account = '', amounts = ''] = line.split('","').map((cell) => cell.replaceAll('"', ''))
        return amounts.split(', ').map((amount) => `${account.replace(/^[a-z]+:/u, '')} ${amount}`)
      })
      expect(balances.toSorted()).toEqual(await expectedBalances(ctx, (code) => code.replaceAll('.', ':')))
    },
  )

  test.skipIf(!debian)(
    'is accepted by Beancount, which computes the same balances',
    { timeout: 60_000 },
    async () => {
      const ctx = await books()
      const path = join(folder, 'books.beancount')
      writeFileSync(path, await exported(ctx, 'beancount'))
      run('bean-check', [path])
      const query = 'SELECT account, currency, sum(number) AS total GROUP BY account, currency'
      const found = run('bean-query', ['-f', 'csv', path, query])
      const balances = found
        .trim()
        .split(/\r?\n/u)
        .slice(1)
        .map((line) => line.split(',').map((cell) => cell.trim()))
        .filter(([, , total]) => Number(total) !== 0)
        .map(
          ([account = '', currency, total]) =>
            `${account.replace(/^[A-Za-z]+:/u, '').toLowerCase()} ${total} ${currency}`,
        )
        .toSorted()
      expect(balances).toEqual(await expectedBalances(ctx, (code) => code.replaceAll('.', ':')))
    },
  )

  test('in JSON Lines makes equal books again, also when it is read twice', { timeout: 60_000 }, async () => {
    const ctx = await books()
    await sealBooks(ctx)
    const text = await exported(ctx, 'jsonl')
    const copy = systemCtx(services, (await makeWorkspace(services)).workspaceId)
    const lines = text.split('\n')
    expect(await importBooks(copy, lines.slice(0, 200))).toMatchObject({ entries: expect.any(Number) })
    expect(await importBooks(copy, lines)).toMatchObject({ entries: 443, holds: 1, rates: 1 })
    expect(await stateOf(copy)).toEqual(await stateOf(ctx))
    expect(await exported(copy, 'jsonl')).toBe(text)
    await sealBooks(copy)
    expect((await verifyBooks(copy)).faults).toEqual([])
  })

  test('goes into empty books only, and a line that is none is named', async () => {
    const ctx = await books()
    const text = await exported(await books(), 'jsonl')
    await expect(importBooks(ctx, text.split('\n'))).rejects.toThrow('books-not-empty')
    const fresh = systemCtx(services, (await makeWorkspace(services)).workspaceId)
    const lines = text.split('\n')
    lines[30] = lines[30]?.replace('"amountMinor":"', '"amountMinor":"9') ?? ''
    await expect(importBooks(fresh, lines)).rejects.toMatchObject({ errors: [{ pointer: '/31' }] })
  })

  test('as CSV has a line per posting, and no text that a spreadsheet would run', async () => {
    const ctx = await books()
    const text = await exported(ctx, 'csv')
    const postings = (await stateOf(ctx)).reduce((count, { version }) => count + version, 0n)
    expect(text.split('\r\n').length - 2).toBe(Number(postings))
    expect(text).toContain(",'=1+1\r\n")
    expect(text).toContain('"said ""yes""; paid\nlater \\ 100%"')
  })
})
