import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeWorkspace } from '../../../test/support/workspace.ts'
import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import { rows, transaction } from '../../platform/database/transaction.ts'
import { closePeriod } from '../ledger/index.ts'
import type { ReadImport, StreamImport } from './imports/schema.ts'
import { askReading } from './operations/imports/ask-reading.ts'
import { discardImport, sweepDrafts } from './operations/imports/discard-import.ts'
import { importKey } from './operations/imports/import-row.ts'
import { getImport, listImportRows, listImports } from './operations/imports/list-imports.ts'
import { askPosting, postImport } from './operations/imports/post-import.ts'
import { receiveImport } from './operations/imports/receive-import.ts'
import { askUndoing } from './operations/imports/undo-import.ts'
import { createStream } from './operations/create-stream.ts'
import { newStreamSchema } from './schema.ts'

let services: TestServices
const clock = standingClock('2026-03-01T09:00:00Z')

beforeAll(async () => {
  services = await testServices({ clock })
})

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'imports/fixtures', name))
const NO_CHANGE: ReadImport = {
  mapping: null,
  encoding: null,
  decimal: null,
  dateOrder: null,
  calendar: null,
}

async function makeBooks(): Promise<{ ctx: Ctx; streamId: string; other: string }> {
  const { ctx } = await makeWorkspace(services)
  const make = (name: string) =>
    createStream(ctx, newStreamSchema.parse({ kind: 'platform', name, currency: 'USD' }))
  return { ctx, streamId: (await make('Gumroad')).id, other: (await make('Cards')).id }
}

const take = (ctx: Ctx, name: string, content: Buffer | string) =>
  receiveImport(ctx, { name, body: Readable.from([Buffer.from(content)]) })

/** Uploads and reads a file. */
async function preview(
  ctx: Ctx,
  name: string,
  content: Buffer | string = fixture(name),
): Promise<StreamImport> {
  const { id } = await take(ctx, name, content)
  await services.drain()
  return getImport(ctx, id)
}

async function post(ctx: Ctx, id: string, streamId: string, leaveProblems = true): Promise<StreamImport> {
  await askPosting(ctx, id, { streamId, items: [], leaveProblems })
  await services.drain()
  return getImport(ctx, id)
}

async function undo(ctx: Ctx, id: string): Promise<StreamImport> {
  await askUndoing(ctx, id)
  await services.drain()
  return getImport(ctx, id)
}

/** Balances of all accounts, and what each day moved, without what is zero. */
async function books(ctx: Ctx): Promise<{ balances: Record<string, bigint>; days: Record<string, bigint> }> {
  return transaction(ctx, async (tx) => {
    const balances = await rows<{ name: string; balance: bigint }>(
      tx,
      sql`SELECT code || ' ' || currency AS name, balance FROM ledger_accounts
          WHERE workspace_id = ${tx.workspaceId} AND balance <> 0`,
    )
    const days = await rows<{ name: string; moved: bigint }>(
      tx,
      sql`SELECT e.effective_at::date || ' ' || p.account || ' ' || p.stream AS name, sum(p.amount)::int8 AS moved
          FROM ledger_entries e JOIN ledger_postings p ON p.workspace_id = e.workspace_id AND p.entry_id = e.id
          WHERE e.workspace_id = ${tx.workspaceId} GROUP BY 1 HAVING sum(p.amount) <> 0`,
    )
    return {
      balances: Object.fromEntries(balances.map((one) => [one.name, one.balance])),
      days: Object.fromEntries(days.map((one) => [one.name, one.moved])),
    }
  })
}

const sumOf = (balances: Record<string, bigint>, code: string) =>
  Object.entries(balances)
    .filter(([name]) => name.startsWith(code))
    .reduce((sum, [, balance]) => sum + balance, 0n)

describe('a platform’s file', () => {
  test('is read without posting, says each row’s fate, is posted once, and undone once', async () => {
    const { ctx, streamId } = await makeBooks()
    const read = await preview(ctx, 'gumroad.csv')
    expect(read).toMatchObject({ source: 'gumroad', state: 'ready', progress: { done: 9, total: 9 } })
    expect(read.preview).toMatchObject({
      counts: { new: 6, skipped: 3, duplicate: 0, problem: 0 },
      reasons: [
        { fate: 'skipped', reason: 'summary', count: 2 },
        { fate: 'skipped', reason: 'transfer', count: 1 },
      ],
      totals: [
        { kind: 'income', count: 4, total: { amount: '106150', currency: 'USD' } },
        { kind: 'refund', count: 1, total: { amount: '-1900', currency: 'USD' } },
        { kind: 'fee', count: 5, total: { amount: '-10680', currency: 'USD' } },
      ],
      firstDay: '2026-01-04',
      lastDay: '2026-01-23',
    })
    expect(await books(ctx)).toEqual({ balances: {}, days: {} })

    const posted = await post(ctx, read.id, streamId)
    expect(posted).toMatchObject({ state: 'posted', progress: { done: 6, total: 6 } })
    const { balances } = await books(ctx)
    expect(sumOf(balances, '4000')).toBe(-104250n)
    expect(sumOf(balances, '5200')).toBe(10680n)
    expect(sumOf(balances, '1180')).toBe(93570n)
    expect(await ctx.files.size(importKey(ctx, read.id))).toBeUndefined()
    const { items } = await listImportRows(ctx, read.id, { limit: 100 })
    expect(items.map(({ line, fate, reason }) => `${line} ${fate} ${reason}`)).toEqual([
      '2 posted null',
      '3 posted null',
      '4 posted null',
      '5 posted null',
      '6 posted null',
      '7 skipped transfer',
      '8 posted null',
      '9 skipped summary',
      '10 skipped summary',
    ])

    const again = await preview(ctx, 'gumroad.csv')
    expect(again.preview?.counts).toMatchObject({ new: 0, duplicate: 6 })
    await post(ctx, again.id, streamId)
    expect((await books(ctx)).balances).toEqual(balances)

    expect(await undo(ctx, read.id)).toMatchObject({ state: 'undone', progress: { done: 6, total: 6 } })
    expect(await books(ctx)).toEqual({ balances: {}, days: {} })
    await expect(askUndoing(ctx, read.id)).rejects.toMatchObject({ slug: 'import-not-there' })
    const third = await preview(ctx, 'gumroad.csv')
    expect(third.preview?.counts.new).toBe(6)
    await post(ctx, third.id, streamId)
    expect((await books(ctx)).balances).toEqual(balances)
  })

  test('in an encoding that is not its own it is refused, and stays as it was', async () => {
    const { ctx } = await makeBooks()
    const { id } = await preview(ctx, 'gumroad.csv')
    await expect(askReading(ctx, id, { ...NO_CHANGE, encoding: 'utf-16le' })).rejects.toMatchObject({
      errors: [{ pointer: '/encoding' }],
    })
    expect(await getImport(ctx, id)).toMatchObject({ state: 'ready', head: { encoding: 'utf-8' } })
  })

  test('goes to several streams by what its rows are about', async () => {
    const { ctx, streamId, other } = await makeBooks()
    const { id, preview: found } = await preview(ctx, 'gumroad.csv')
    expect(found?.items[0]).toEqual({ what: 'Arabic Grammar Cards', count: 3 })
    await askPosting(ctx, id, {
      streamId,
      items: [{ what: 'Arabic Grammar Cards', streamId: other }],
      leaveProblems: false,
    })
    await services.drain()
    const { balances } = await books(ctx)
    expect(sumOf(balances, `4000.${other.slice(-12)}`)).toBe(-101900n)
    expect(sumOf(balances, `4000.${streamId.slice(-12)}`)).toBe(-2350n)
  })

  test('is posted once however often and wherever its posting runs', async () => {
    const { ctx, streamId } = await makeBooks()
    const [first, second] = [await preview(ctx, 'stripe.csv'), await preview(ctx, 'stripe.csv')]
    for (const { id } of [first, second])
      await askPosting(ctx, id, { streamId, items: [], leaveProblems: false })
    const system = systemCtx(services, ctx.workspaceId)
    await Promise.all([first, second, first].map(({ id }) => postImport(system, id)))
    await services.drain()
    const fates = await Promise.all(
      [first, second].map(async ({ id }) => (await listImportRows(ctx, id, { limit: 100 })).items),
    )
    const posted = fates.flat().filter(({ fate }) => fate === 'posted')
    expect(posted.map(({ line }) => line).toSorted((left, right) => left - right)).toEqual([2, 3, 4, 5, 6, 7])
    const { balances } = await books(ctx)
    expect(sumOf(balances, '1180')).toBe(4728n + 12050n + 1446n - 4900n - 1500n - 30n)
  })
})

describe('a file whose columns a person names', () => {
  test('waits for them, remembers them, and takes what was asked for', async () => {
    const { ctx, streamId } = await makeBooks()
    const first = await preview(ctx, 'udemy.csv')
    expect(first).toMatchObject({ source: 'mapped', state: 'mapping', preview: null })
    expect(first.head.columns).toEqual(['Transaction Date', 'Course Name', 'Your Revenue', 'Type'])
    const mapping = { columns: { date: 0, description: 1, amount: 2 }, headerLine: 1, take: 'both' as const }
    await expect(
      askReading(ctx, first.id, { ...NO_CHANGE, mapping: { ...mapping, currency: null } }),
    ).rejects.toMatchObject({ errors: [{ pointer: '/mapping/currency' }] })
    await expect(
      askReading(ctx, first.id, {
        ...NO_CHANGE,
        mapping: { ...mapping, columns: { date: 0 }, currency: 'USD' },
      }),
    ).rejects.toMatchObject({ errors: [{ pointer: '/mapping/columns/amount' }] })
    await askReading(ctx, first.id, { ...NO_CHANGE, mapping: { ...mapping, currency: 'USD' } })
    await services.drain()
    expect((await getImport(ctx, first.id)).preview?.totals).toEqual([
      { kind: 'income', count: 2, total: { amount: '1449', currency: 'USD' } },
    ])
    await post(ctx, first.id, streamId)

    const next = await preview(
      ctx,
      'udemy-2.csv',
      'Transaction Date,Course Name,Your Revenue,Type\n01/26/2026,Arabic calligraphy from zero,4.50,Ads\n02/27/2026,New,1.00,Ads\n',
    )
    expect(next).toMatchObject({ state: 'ready', head: { remembered: true } })
    expect(next.preview?.counts).toMatchObject({ new: 1, duplicate: 1 })
  })

  test('years of two figures that lie ahead are taken for Hijri ones, and read otherwise where a person says so', async () => {
    const { ctx } = await makeBooks()
    const read = await preview(
      ctx,
      'statement.csv',
      'التاريخ,البيان,المبلغ (SAR)\n11/07/47,حوالة,100.00\n01/08/47,حوالة,50.00\n',
    )
    expect(read.preview).toMatchObject({
      calendar: 'hijri',
      calendarUnsure: true,
      firstDay: '2025-12-31',
      lastDay: '2026-01-20',
    })
    await askReading(ctx, read.id, { ...NO_CHANGE, calendar: 'gregorian' })
    await services.drain()
    expect((await getImport(ctx, read.id)).preview).toMatchObject({
      calendar: 'gregorian',
      calendarUnsure: false,
      reasons: [{ fate: 'problem', reason: 'day-in-future', count: 2 }],
    })
  })

  test('a bank’s statement shows the rent beside the royalties: only what came in is taken', async () => {
    const { ctx } = await makeBooks()
    const read = await preview(ctx, 'bank-windows-1256.csv')
    expect(read.state).toBe('ready')
    if (read.mapping === null) throw new Error('it was understood')
    await askReading(ctx, read.id, { ...NO_CHANGE, mapping: { ...read.mapping, take: 'incoming' } })
    await services.drain()
    expect((await getImport(ctx, read.id)).preview).toMatchObject({
      counts: { new: 2, skipped: 2 },
      reasons: [{ reason: 'other-direction' }],
      totals: [{ kind: 'income', total: { amount: '162525', currency: 'SAR' } }],
    })
  })
})

describe('what is refused changes nothing', () => {
  test.each<[string, Buffer | string, string]>([
    ['a workbook', Buffer.from('504b030414000600', 'hex'), 'import-not-text'],
    ['nothing', '', 'import-empty'],
    ['only empty lines', '\n\r\n\n', 'import-empty'],
  ])('%s', async (_name, content, slug) => {
    const { ctx } = await makeBooks()
    await expect(take(ctx, 'file', content)).rejects.toMatchObject({ slug })
    expect((await listImports(ctx, { limit: 10 })).items).toEqual([])
    for await (const { key } of ctx.files.list(`${ctx.workspaceId}/imports/`)) expect(key).toBe('nothing')
  })

  test('a first row that is none says what is wrong with it', async () => {
    const { ctx } = await makeBooks()
    const read = await preview(ctx, 'wide.csv', `${'x,'.repeat(300)}x\n1\n`)
    expect(read).toMatchObject({
      state: 'refused',
      problem: { problem: 'too-many-cells', line: 1 },
      head: { columns: [] },
    })
  })

  test('names and cells that the database could not hold are kept as far as they are text', async () => {
    const { ctx } = await makeBooks()
    const emoji = `${'x'.repeat(119)}🌊`
    const text = `\uFEFFDate,${emoji},Amount (USD)\n2026-01-05,a\u0000b,1.00\n`
    const read = await preview(ctx, `${'n'.repeat(199)}🌊.csv`, Buffer.from(text, 'utf16le'))
    expect(read).toMatchObject({ state: 'ready', preview: { counts: { new: 1 } } })
    expect(read.head.sample).toEqual([['2026-01-05', 'a b', '1.00']])
  })

  test('a file that goes on without end stops at its limit', async () => {
    const { ctx } = await makeBooks()
    let sent = 0
    const endless = async function* endless() {
      const piece = Buffer.alloc(1_000_000, 'a,b\n')
      for (;;) {
        sent += 1
        yield await Promise.resolve(piece)
      }
    }
    await expect(receiveImport(ctx, { name: 'x', body: Readable.from(endless()) })).rejects.toMatchObject({
      slug: 'import-too-large',
    })
    expect(sent).toBeLessThan(80)
  })

  const head = 'Date,Kind,Description,Amount,Currency,Fee,Payer,ID\n'
  test.each<[string, string, string]>([
    ['a file that was cut off', `${head}2026-01-01,sale,"A guide,40.00,USD,,,\n`, 'quote-open'],
    ['a huge cell', `${head}2026-01-01,sale,${'x'.repeat(30_000)},40.00,USD,,,1\n`, 'cell-too-long'],
    ['a huge row', `${head}${','.repeat(500)}\n`, 'too-many-cells'],
    ['no row', head, 'no-rows'],
    ['more rows than are taken', head + '2026-01-01,sale,A,1,USD,,,1\n'.repeat(250_001), 'too-many-rows'],
  ])('%s', async (_name, content, problem) => {
    const { ctx } = await makeBooks()
    const read = await preview(ctx, 'file.csv', content)
    expect(read).toMatchObject({ state: 'refused', problem: { problem }, preview: null })
    expect((await listImportRows(ctx, read.id, { limit: 10 })).items).toEqual([])
  })

  test('rows that cannot be taken are told with their lines, and stop the posting until they may be left out', async () => {
    const { ctx, streamId } = await makeBooks()
    const content =
      `${head}2026-01-01,sale,A,40.00,USD,,,1\n2027-01-01,sale,B,1.00,USD,,,2\n31/31/2026,sale,C,1.00,USD,,,3\n` +
      '2026-01-01,sale,D,1.005,USD,,,4\n2026-01-01,sale,E,=1+1,USD,,,5\n2026-01-01,sale,F,1.00,XYZ,,,6\n' +
      '2026-01-01,sale,G,,USD,,,7\n2026-01-02,sale,H,7.500,KWD,,,8\n'
    const { id } = await preview(ctx, 'file.csv', content)
    const { items } = await listImportRows(ctx, id, { limit: 10, fate: 'problem' })
    expect(items.map(({ line, reason, cell }) => `${line} ${reason} ${cell}`)).toEqual([
      '3 day-in-future 2027-01-01',
      '4 day-unreadable 31/31/2026',
      '5 amount-too-precise 1.005',
      '6 amount-unreadable =1+1',
      '7 currency-unknown XYZ',
      '8 amount-missing ',
    ])
    await expect(post(ctx, id, streamId, false)).rejects.toMatchObject({ slug: 'import-has-problems' })
    await expect(post(ctx, id, ctx.ids.next())).rejects.toMatchObject({ slug: 'unknown-stream' })
    expect(await books(ctx)).toEqual({ balances: {}, days: {} })
    await post(ctx, id, streamId)
    const { balances } = await books(ctx)
    expect(balances).toMatchObject({ '1180 USD': 4000n, '1180 KWD': 7500n })
  })

  test('a report of a day that was not over yet shows another amount later: a person has to look', async () => {
    const { ctx, streamId } = await makeBooks()
    const kdp = fixture('kdp.csv').toString()
    await post(ctx, (await preview(ctx, 'kdp.csv', kdp)).id, streamId)
    const later = await preview(ctx, 'kdp.csv', kdp.replace('11.98', '15.97'))
    expect(later.preview).toMatchObject({
      counts: { new: 0, duplicate: 2, problem: 1 },
      reasons: expect.arrayContaining([expect.objectContaining({ reason: 'amount-changed' })]),
    })
  })

  test('closed books: rows of that time are told at the reading, and what was posted then cannot be undone', async () => {
    const { ctx, streamId } = await makeBooks()
    const early = await preview(ctx, 'gumroad.csv')
    await post(ctx, early.id, streamId)
    const before = await books(ctx)
    await closePeriod(ctx, { through: new Date('2026-01-10T00:00:00Z') })
    await expect(askUndoing(ctx, early.id)).rejects.toMatchObject({
      slug: 'period-closed',
      fields: { openFrom: '2026-01-10' },
    })
    expect(await books(ctx)).toEqual(before)
    const late = await preview(ctx, 'etsy.csv')
    expect(late.preview?.reasons).toContainEqual({ fate: 'problem', reason: 'period-closed', count: 1 })
  })
})

test('a file is thrown away by hand, or after a week by itself', async () => {
  const { ctx } = await makeBooks()
  const [one, two] = [await preview(ctx, 'etsy.csv'), await preview(ctx, 'kdp.csv')]
  await discardImport(ctx, one.id)
  expect(await ctx.files.size(importKey(ctx, one.id))).toBeUndefined()
  clock.advance(8 * 24 * 3_600_000)
  const three = await preview(ctx, 'gumroad.csv')
  await sweepDrafts(systemCtx(services, ctx.workspaceId))
  expect((await listImports(ctx, { limit: 10 })).items.map(({ id }) => id)).toEqual([three.id])
  await expect(getImport(ctx, two.id)).rejects.toMatchObject({ slug: 'not-found' })
  clock.advance(-8 * 24 * 3_600_000)
})

test('whatever a file holds: importing and undoing leaves all as it was, and twice is once', async () => {
  const { ctx, streamId } = await makeBooks()
  await post(ctx, (await preview(ctx, 'stripe.csv')).id, streamId)
  const start = await books(ctx)
  const line = fc
    .record({
      day: fc.integer({ min: 1, max: 28 }),
      kind: fc.constantFrom('sale', 'refund', 'fee', 'expense', 'transfer'),
      what: fc.constantFrom('A', 'B "b", c', 'ج'),
      cents: fc.integer({ min: 0, max: 99_999 }),
      currency: fc.constantFrom('USD', 'KWD', 'JPY', 'SAR'),
      fee: fc.integer({ min: 0, max: 99 }),
    })
    .map(({ day, kind, what, cents, currency, fee }) =>
      [
        '2026-01-' + String(day).padStart(2, '0'),
        kind,
        `"${what.replaceAll('"', '""')}"`,
        cents,
        currency,
        fee,
        '',
        '',
      ].join(','),
    )
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), async (lines) => {
      const content = `Date,Kind,Description,Amount,Currency,Fee,Payer,ID\n${lines.join('\n')}\n`
      const first = await preview(ctx, 'a.csv', content)
      await post(ctx, first.id, streamId)
      const after = await books(ctx)
      const second = await preview(ctx, 'b.csv', content)
      expect(second.preview?.counts.new).toBe(0)
      await post(ctx, second.id, streamId)
      expect(await books(ctx)).toEqual(after)
      await undo(ctx, first.id)
      expect(await books(ctx)).toEqual(start)
    }),
    { numRuns: 8 },
  )
})
