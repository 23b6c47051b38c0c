import { beforeAll, describe, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { makeMember, makeWorkspace, type TestWorkspace } from '../../../test/support/workspace.ts'
import { createApp } from '../../app.ts'
import { keepBooksJob } from './jobs.ts'

let services: TestServices
let app: ReturnType<typeof createApp>
let shop: TestWorkspace
let keys = 0

beforeAll(async () => {
  services = await testServices()
  app = createApp(services)
  shop = await makeWorkspace(services)
})

type Answer = { status: number; body: Record<string, unknown> & { items?: unknown[]; next?: string | null } }

async function call(method: string, path: string, body?: unknown, headers = shop.headers): Promise<Answer> {
  const answer = await app.request(`/api/v1/ledger${path}`, {
    method,
    headers: { ...headers, 'idempotency-key': `key-${keys++}`, 'accept-language': 'en' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Answer['body'] }
}

const kwd = (amount: string) => ({ amount, currency: 'KWD' })
const deposit = (amount: string, more: object = {}) => ({
  memo: 'Opening',
  postings: [
    { account: '1100', amount: kwd(amount) },
    { account: '3000', amount: kwd(`-${amount}`) },
  ],
  ...more,
})

describe('the ledger over HTTP', () => {
  test('posts, shows, reverses and proves an entry', async () => {
    const posted = await call('POST', '/entries', deposit('1500'))
    expect(posted).toMatchObject({
      status: 201,
      body: { kind: 'manual', memo: 'Opening', reversedBy: [], hash: null },
    })
    const id = String(posted.body['id'])
    const reversed = await call('POST', `/entries/${id}/reversals`, { memo: 'Twice' })
    expect(reversed).toMatchObject({ status: 201, body: { kind: 'reversal', reverses: id } })
    expect(await call('POST', `/entries/${id}/reversals`, {})).toMatchObject({
      status: 409,
      body: { type: '/docs/problems#already-reversed' },
    })
    await services.drain()
    await keepBooksJob.handler(shop.ctx, [{}])
    const story = await call('GET', `/entries/${id}`)
    expect(story.body).toMatchObject({
      reversedBy: [reversed.body['id']],
      hash: expect.stringMatching(/^[0-9a-f]{64}$/u),
    })
    expect(await call('GET', '/integrity')).toMatchObject({
      status: 200,
      body: { faults: [], unsealedPostings: 0, sealedPostings: 4 },
    })
  })

  test('reverses a part of an entry, and no more than is left', async () => {
    const id = String((await call('POST', '/entries', deposit('1500'))).body['id'])
    const lines = (amount: string, other = `-${amount}`) => ({
      lines: [
        { line: 1, amount: kwd(amount) },
        { line: 2, amount: kwd(other) },
      ],
    })
    const part = await call('POST', `/entries/${id}/reversals`, lines('600'))
    expect(part).toMatchObject({
      status: 201,
      body: { reverses: id, postings: [{ amount: kwd('-600') }, { amount: kwd('600') }] },
    })
    expect((await call('GET', `/entries/${id}`)).body).toMatchObject({
      postings: [{ open: kwd('900') }, { open: kwd('-900') }],
    })
    expect((await call('POST', `/entries/${id}/reversals`, lines('901'))).status).toBe(409)
    for (const wrong of [lines('5', '-4'), { lines: lines('5').lines.map((line) => ({ ...line, line: 9 })) }])
      expect((await call('POST', `/entries/${id}/reversals`, wrong)).status).toBe(422)
    expect((await call('POST', `/entries/${id}/reversals`, {})).body).toMatchObject({
      postings: [{ amount: kwd('-900') }, { amount: kwd('900') }],
    })
  })

  test('sets an amount aside, posts a part of it and frees the rest', async () => {
    await call('POST', '/entries', deposit('900'))
    const set = { debit: '5100', credit: '1100', amount: kwd('600'), memo: 'Hall' }
    const hold = await call('POST', '/holds', set)
    expect(hold).toMatchObject({ status: 201, body: { pending: kwd('600'), resolvedAt: null } })
    const path = `/holds/${String(hold.body['id'])}`
    const wrong = await call('POST', `${path}/postings`, { amount: { amount: '1', currency: 'SAR' } })
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ pointer: '/amount/currency' }] } })
    expect(await call('POST', `${path}/postings`, { amount: kwd('200'), final: false })).toMatchObject({
      status: 201,
      body: { kind: 'manual', posts: hold.body['id'], postings: [{ account: '1100' }, { account: '5100' }] },
    })
    const open = await call('GET', '/holds?account=1100&currency=KWD&open=true')
    expect(open.body.items).toMatchObject([{ posted: kwd('200'), pending: kwd('400') }])
    expect((await call('POST', `${path}/void`)).body).toMatchObject({ voided: kwd('400'), pending: kwd('0') })
    expect(await call('POST', `${path}/void`)).toMatchObject({
      status: 409,
      body: { type: '/docs/problems#hold-resolved' },
    })
    expect((await call('GET', '/holds?account=1100&open=true')).body.items).toEqual([])
  })

  test('exchanges what was given for what was got', async () => {
    const usd = (amount: string) => ({ amount, currency: 'USD' })
    const to = { account: '1100', amount: usd('3250') }
    const made = await call('POST', '/exchanges', { from: { account: '1100', amount: kwd('10000') }, to })
    expect(made).toMatchObject({ status: 201, body: { kind: 'exchange' } })
    expect(made.body['postings']).toMatchObject([
      { account: '1100', amount: kwd('-10000') },
      { account: '3900.kwd-usd', amount: kwd('10000') },
      { account: '3900.kwd-usd', amount: usd('-3250') },
      { account: '1100', amount: usd('3250') },
    ])
    expect((await call('POST', '/exchanges', { from: to, to })).status).toBe(422)
  })

  test('the same key again is the same entry; another entry under it is refused', async () => {
    const headers = { ...shop.headers, 'idempotency-key': 'same', 'accept-language': 'ar' }
    const send = (body: object) =>
      app.request('/api/v1/ledger/entries', { method: 'POST', headers, body: JSON.stringify(body) })
    const [first, again] = [await send(deposit('10')), await send(deposit('10'))]
    expect(((await first.json()) as { id: string }).id).toBe(((await again.json()) as { id: string }).id)
    expect((await send(deposit('11'))).status).toBe(409)
  })

  test.each([
    [
      'that does not balance',
      {
        postings: [
          { account: '1100', amount: kwd('5') },
          { account: '3000', amount: kwd('-4') },
        ],
      },
    ],
    [
      'of numbers',
      {
        postings: [
          { account: '1100', amount: { amount: 5, currency: 'KWD' } },
          { account: '3000', amount: kwd('-5') },
        ],
      },
    ],
    [
      'of nothing',
      {
        postings: [
          { account: '1100', amount: kwd('0') },
          { account: '3000', amount: kwd('0') },
        ],
      },
    ],
    ['of one line', { postings: [{ account: '1100', amount: kwd('5') }] }],
    [
      'on a code that is none',
      {
        postings: [
          { account: "1100'; DROP", amount: kwd('5') },
          { account: '3000', amount: kwd('-5') },
        ],
      },
    ],
    [
      'on an unknown account',
      {
        postings: [
          { account: '1999', amount: kwd('5') },
          { account: '3000', amount: kwd('-5') },
        ],
      },
    ],
  ])('refuses an entry %s', async (_, body) => {
    expect((await call('POST', '/entries', body)).status).toBe(422)
  })

  test('pages the journal and statements, and finds by account and day', async () => {
    const other = await makeWorkspace(services)
    const at = (path: string) => call('GET', path, undefined, other.headers)
    for (const day of ['2026-01-30', '2026-01-31', '2026-02-01']) {
      const body = deposit('100', { effectiveAt: `${day}T21:30:00Z` })
      expect((await call('POST', '/entries', body, other.headers)).status).toBe(201)
    }
    const first = await at('/entries?limit=2')
    expect(first.body.items).toHaveLength(2)
    expect((await at(`/entries?limit=2&after=${first.body.next}`)).body).toMatchObject({
      items: [{ kind: 'manual' }],
      next: null,
    })
    expect((await at('/entries?from=2026-01-31&to=2026-01-31')).body.items).toHaveLength(1)
    expect((await at('/entries?from=2026-02-01&to=2026-02-01&timeZone=Asia/Riyadh')).body.items).toHaveLength(
      1,
    )
    expect((await at('/entries?account=1100')).body.items).toHaveLength(3)
    expect((await at('/entries?account=4000')).body.items).toEqual([])
    const page = await at('/accounts/1100/KWD/statement?limit=2')
    expect(page.body.items).toMatchObject([
      { version: '3', balance: kwd('300') },
      { version: '2', balance: kwd('200') },
    ])
    expect((await at(`/accounts/1100/KWD/statement?limit=2&after=${page.body.next}`)).body).toMatchObject({
      items: [{ version: '1' }],
      next: null,
    })
    expect((await at('/accounts/1100/KWD?effectiveAt=2026-01-31T00:00:00Z')).body).toMatchObject({
      balance: kwd('100'),
    })
    expect((await at('/accounts/1100/KWD?effectiveAt=2026-01-31&timeZone=Asia/Riyadh')).body).toMatchObject({
      balance: kwd('100'),
    })
    expect((await at('/accounts/1100/KWD?effectiveAt=2026-01-31')).body).toMatchObject({
      balance: kwd('200'),
    })
    expect((await at('/accounts/1100/KWD?recordedAt=2026-01-31')).body).toMatchObject({ balance: kwd('0') })
    expect((await at('/reports/trial-balance?to=2026-01-31')).body).toMatchObject({
      totals: [{ debit: kwd('200'), credit: kwd('200') }],
    })
    expect((await at('/reports/balance-sheet?to=2026-02-28&currency=USD')).status).toBe(409)
  })

  test('adds an account, closes a period, keeps rates', async () => {
    const added = await call('POST', '/chart', { code: '5810', name: { ar: 'قرطاسية', en: 'Stationery' } })
    expect(added).toMatchObject({ status: 201, body: { type: 'expense' } })
    expect(
      (await call('POST', '/chart', { code: '5810', name: { ar: 'قرطاسية', en: 'Stationery' } })).status,
    ).toBe(409)
    expect((await call('POST', '/chart', { code: '5800', name: { ar: 'أ', en: 'a' } })).status).toBe(409)
    expect(await call('POST', '/periods/close', { through: '2026-01-31' })).toMatchObject({
      status: 200,
      body: { openFrom: '2026-02-01T00:00:00.000Z' },
    })
    expect(
      await call('POST', '/entries', deposit('5', { effectiveAt: '2026-01-31T23:00:00Z' })),
    ).toMatchObject({ status: 409, body: { type: '/docs/problems#period-closed' } })
    expect(
      (
        await call('POST', '/rates', {
          rates: [{ base: 'USD', quote: 'SAR', day: '2026-01-01', rate: '3.75' }],
        })
      ).body,
    ).toEqual({ count: 1 })
    expect(
      (await call('POST', '/rates', { rates: [{ base: 'USD', quote: 'USD', day: '2026-01-01', rate: '1' }] }))
        .status,
    ).toBe(422)
    expect((await call('GET', '/rates')).body.items).toEqual([
      { base: 'USD', quote: 'SAR', day: '2026-01-01', rate: '3.75', source: 'entered' },
    ])
  })

  test('exports and imports over HTTP', async () => {
    const exported = await app.request('/api/v1/ledger/export/jsonl', { headers: shop.headers })
    const text = await exported.text()
    const fresh = await makeWorkspace(services)
    const headers = { ...fresh.headers, 'content-type': 'application/x-ndjson' }
    const imported = await app.request('/api/v1/ledger/import', { method: 'POST', headers, body: text })
    expect(imported.status).toBe(200)
    const [before, after] = await Promise.all(
      [shop, fresh].map((of) => call('GET', '/reports/trial-balance', undefined, of.headers)),
    )
    expect(after?.body).toEqual(before?.body)
  })

  test('prints reports in both languages', { timeout: 60_000 }, async () => {
    for (const [report, lang] of [
      ['trial-balance', 'ar'],
      ['balance-sheet', 'en'],
    ]) {
      const answer = await app.request(`/api/v1/ledger/reports/${report}.pdf?lang=${lang}`, {
        headers: shop.headers,
      })
      expect(answer.headers.get('content-type')).toBe('application/pdf')
      expect(
        Buffer.from(await answer.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-')
    }
  })

  test('shows and takes nothing without the right, nor across workspaces', async () => {
    const support = await makeMember(services, shop.workspaceId, { role: 'support' })
    const analyst = await makeMember(services, shop.workspaceId, { role: 'analyst' })
    expect((await call('GET', '/accounts', undefined, support.headers)).status).toBe(403)
    expect((await call('GET', '/accounts', undefined, analyst.headers)).status).toBe(200)
    expect((await call('POST', '/entries', deposit('5'), analyst.headers)).status).toBe(403)
    expect((await call('GET', '/accounts', undefined, { 'content-type': 'application/json' })).status).toBe(
      401,
    )
    const stranger = await makeWorkspace(services)
    const entries = await call('GET', '/entries')
    const [entry] = (entries.body.items ?? []) as { id: string }[]
    expect((await call('GET', `/entries/${entry?.id}`, undefined, stranger.headers)).status).toBe(404)
    expect((await call('POST', `/entries/${entry?.id}/reversals`, {}, stranger.headers)).status).toBe(404)
    expect((await call('GET', '/accounts', undefined, stranger.headers)).body.items).toEqual([])
  })
})
