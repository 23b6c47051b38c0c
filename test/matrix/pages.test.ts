import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { operationsOf, type ApiDocument } from '../../src/platform/http/reference/document.ts'
import { changed, watchTables } from '../bad-input/digest.ts'
import { testServices, type TestServices } from '../support/services.ts'
import { ask, nameOf } from './ask.ts'
import { makeHouse, type House } from './house.ts'
import { keyOf, PAGES, type Visit } from './pages.ts'

const HTTPS = 'https://shop.example'

let services: TestServices
let app: ReturnType<typeof createApp>
let secure: ReturnType<typeof createApp>
let mine: House
let theirs: House
let mounted: string[]
let tables: Awaited<ReturnType<typeof watchTables>>

beforeAll(async () => {
  services = await testServices()
  app = createApp(services)
  secure = createApp({ ...services, config: { ...services.config, publicUrl: HTTPS } })
  mine = await makeHouse(services)
  theirs = await makeHouse(services)
  tables = await watchTables(services.test.name)
  const all = app.routes.filter(({ method, path }) => method !== 'ALL' && !path.startsWith('/api/'))
  // A style sheet whose name holds its hash is a file like any other.
  mounted = [...new Set(all.map(keyOf))].filter((key) => !/\.[0-9a-f]{10}\.css$/.test(key))
}, 120_000)

afterAll(() => tables.close())

async function visitOf(key: string): Promise<Visit> {
  const visit = await PAGES[key]?.(mine, theirs)
  if (visit === undefined) throw new Error(`${key}: say in test/matrix/pages.ts how it is visited`)
  return visit
}

async function open(key: string, visit: Visit, { path = visit.path, headers = {}, from = app } = {}) {
  const [method = ''] = key.split(' ')
  const body =
    visit.form !== undefined
      ? { body: new URLSearchParams(visit.form).toString(), type: 'application/x-www-form-urlencoded' }
      : visit.json !== undefined
        ? { body: JSON.stringify(visit.json), type: 'application/json' }
        : undefined
  return from.request(path, {
    method,
    headers: { ...visit.headers, ...(body === undefined ? {} : { 'content-type': body.type }), ...headers },
    ...(body === undefined ? {} : { body: body.body }),
  })
}

test('every page is in the table, and the table has no page that is gone', () => {
  const known = Object.keys(PAGES)
  expect(mounted.filter((key) => !known.includes(key))).toEqual([])
  expect(known.filter((key) => !mounted.includes(key))).toEqual([])
})

describe('opening a page', () => {
  test('changes nothing, but for what is said and why', async () => {
    const faults: string[] = []
    for (const key of mounted.filter((one) => one.startsWith('GET'))) {
      const visit = await visitOf(key)
      const before = await tables.digest()
      const { status } = await open(key, visit)
      const different = changed(before, await tables.digest())
      if (different.length > 0 && visit.changes === undefined)
        faults.push(`${key} changed ${different.join(', ')}`)
      if (status >= 400 && status !== visit.status) faults.push(`${key} answers ${status}`)
    }
    expect(faults).toEqual([])
  })

  test('wants its own key, its own store and its own signature: else there is nothing, and nothing changes', async () => {
    const faults: string[] = []
    for (const key of mounted) {
      const visit = await visitOf(key)
      for (const path of visit.shut ?? []) {
        const before = await tables.digest()
        const answer = await open(key, visit, { path })
        const text = await answer.text()
        if (![403, 404].includes(answer.status)) faults.push(`${key} ${path}: ${answer.status}`)
        if (text.includes(mine.buyerEmail) || text.includes('ليان')) faults.push(`${key} ${path}: leaks`)
        const different = changed(before, await tables.digest())
        if (different.length > 0) faults.push(`${key} ${path} changed ${different.join(', ')}`)
      }
    }
    expect(faults).toEqual([])
  })

  test('of purchases shows nothing to whoever has not proven their address, nor in another store', async () => {
    const key = 'GET /:locale{(?:ar|en)}/:store/-/purchases'
    const visit = await visitOf(key)
    const shown = await (await open(key, visit)).text()
    expect(shown).toContain(mine.thing('order-number'))
    const nobody = await (await open(key, { path: visit.path })).text()
    expect(nobody).not.toContain(mine.thing('order-number'))
    const forged = mine.buyerCookie['cookie']?.replace(
      mine.workspaceId.slice(-12),
      theirs.workspaceId.slice(-12),
    )
    const elsewhere = await open(key, {
      path: `/ar/${theirs.slug}/-/purchases`,
      headers: { cookie: forged ?? '' },
    })
    expect(await elsewhere.text()).not.toContain(theirs.thing('order-number'))
  })
})

test('no form is taken from a page of another origin, and nothing changes', async () => {
  const faults: string[] = []
  for (const key of mounted.filter((one) => !one.startsWith('GET'))) {
    const visit = await visitOf(key)
    const before = await tables.digest()
    for (const headers of [
      { origin: 'https://elsewhere.example' },
      { 'sec-fetch-site': 'cross-site' },
    ] as Record<string, string>[]) {
      const { status } = await open(key, visit, { headers })
      if (status !== 403) faults.push(`${key} with ${JSON.stringify(headers)}: ${status}`)
    }
    const different = changed(before, await tables.digest())
    if (different.length > 0) faults.push(`${key} changed ${different.join(', ')}`)
  }
  expect(faults).toEqual([])
})

/** A mail is shown as its reader sees it, with its own styles, in a sandbox where nothing can run and which nothing leaves. */
const INLINE_STYLES = 'GET /messages/{id}/page'

type Named = { name: string; answer: Response }

/** Answers of every route, good and bad ones, over https. */
async function answersOfAll(): Promise<Named[]> {
  const document = (await (await secure.request('/api/v1/openapi.json')).json()) as ApiDocument
  const owner = await mine.session('owner')
  const cookie = {
    cookie: owner['cookie']?.replace(/^/, '__Host-') ?? '',
    'rafid-workspace': mine.workspaceId,
  }
  const answers: Named[] = []
  for (const route of operationsOf(document).filter(({ method }) => method === 'get')) {
    const { path, init } = ask(route, mine)
    const name = nameOf(route)
    answers.push({
      name,
      answer: await secure.request(path, { ...init, headers: { ...init.headers, ...cookie } }),
    })
    answers.push({ name: `${name}, to nobody`, answer: await secure.request(path, init) })
  }
  for (const key of mounted) {
    const visit = await visitOf(key)
    if (key.startsWith('GET')) answers.push({ name: key, answer: await open(key, visit, { from: secure }) })
    answers.push({
      name: `${key}, from elsewhere`,
      answer: await open(key, visit, { from: secure, headers: { origin: 'https://elsewhere.example' } }),
    })
  }
  for (const path of ['/nowhere', '/api/v1/nowhere', '/ar/no-such-store', '/dashboard/x.js'])
    answers.push({ name: path, answer: await secure.request(path) })
  // What streams holds on to what it reads from until somebody has read it.
  for (const { answer } of answers) await answer.clone().arrayBuffer()
  return answers
}

/** What is wrong with the headers of an answer. */
function faultsOf({ name, answer }: Named): string[] {
  const { headers } = answer
  const has = (header: string, wanted: RegExp) =>
    wanted.test(headers.get(header) ?? '') ? [] : [`${header}: ${headers.get(header)}`]
  const policy = headers.get('content-security-policy') ?? ''
  const framed = /frame-ancestors 'none'|sandbox/
  const faults = [
    ...has('x-content-type-options', /^nosniff$/),
    ...has('referrer-policy', /^(strict-origin-when-cross-origin|no-referrer|same-origin)$/),
    ...has('permissions-policy', /camera=\(\).*microphone=\(\).*geolocation=\(\)/),
    ...has('cross-origin-opener-policy', /^same-origin$/),
    ...has('cross-origin-resource-policy', /^(same-origin|cross-origin)$/),
    ...has('strict-transport-security', /^max-age=(3153600\d|\d{9,})/),
    ...has('content-security-policy', /^default-src 'none'/),
    ...has('content-security-policy', framed),
    ...(/unsafe-eval|script-src[^;]*unsafe-inline|\*(?![.\w])/.test(policy) ? [`policy: ${policy}`] : []),
    ...(policy.includes('unsafe-inline') && !name.startsWith(INLINE_STYLES) ? [`policy: ${policy}`] : []),
    ...(headers.get('server') === null && headers.get('x-powered-by') === null ? [] : ['says what it runs']),
  ]
  const api = name.includes(' /') && !name.includes(':') && !name.startsWith('GET /media')
  const kept = headers.get('cache-control') ?? ''
  if (
    api &&
    answer.status === 200 &&
    /\{id\}|orders|messages|members|tokens|audit/.test(name) &&
    !/no-store/.test(kept)
  )
    faults.push(`may be kept: ${kept}`)
  if (answer.status >= 400 && !/no-store/.test(kept)) faults.push(`a refusal may be kept: ${kept}`)
  return faults.map((fault) => `${name} (${answer.status}): ${fault}`)
}

test('every answer carries its headers: no inline code, no framing, no sniffing, no leaks, https alone, private ones kept by nobody', async () => {
  const answers = await answersOfAll()
  expect(answers.filter(({ answer }) => answer.status === 200).length).toBeGreaterThan(50)
  expect(answers.flatMap(faultsOf)).toEqual([])
  // Only what others may show on their pages may be loaded by them.
  const open = answers.filter(
    ({ answer }) => answer.headers.get('cross-origin-resource-policy') === 'cross-origin',
  )
  expect(open.filter(({ name }) => !name.includes(' /media/')).map(({ name }) => name)).toEqual([])
})

test('no page holds inline code, or a style that its policy would refuse', async () => {
  const faults: string[] = []
  for (const key of mounted.filter((one) => one.startsWith('GET'))) {
    const visit = await visitOf(key)
    if (visit.kind !== undefined) continue
    const html = await (await open(key, visit)).text()
    for (const [what] of html.matchAll(
      /<script(?![^>]*\bsrc=)(?![^>]*application\/ld\+json)[^>]*>|<style|\son\w+=["']|\sstyle=["']|javascript:/gi,
    ))
      faults.push(`${key}: ${what}`)
  }
  expect(faults).toEqual([])
})

test('cookies are the host’s own over https, out of the reach of scripts, and not sent along from elsewhere', async () => {
  const answers = [
    await open(
      'POST x',
      { path: `/ar/${mine.slug}/-/cart`, form: { add: mine.thing('product') } },
      { from: secure },
    ),
    await open(
      'POST x',
      { path: `/ar/${mine.slug}/-/currency`, form: { currency: 'KWD', back: '/' } },
      { from: secure },
    ),
    await secure.request('/api/v1/auth/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: HTTPS },
      body: JSON.stringify({ email: mine.owner.email, password: mine.owner.password }),
    }),
  ]
  const cookies = answers.flatMap(({ headers }) => headers.getSetCookie())
  expect(cookies.length).toBeGreaterThan(2)
  const weak = cookies.filter(
    (cookie) =>
      !(/; HttpOnly/i.test(cookie) && /; Secure/i.test(cookie) && /; SameSite=(Lax|Strict)/i.test(cookie)),
  )
  expect(weak).toEqual([])
  expect(
    cookies.filter((cookie) => !cookie.startsWith('__Host-')).map((cookie) => cookie.split('=')[0]),
  ).toEqual([])
})

test('a redirect that a visitor asks for leads nowhere but home', async () => {
  for (const back of [
    'https://elsewhere.example',
    '//elsewhere.example',
    '/\\elsewhere.example',
    `${mine.slug}.elsewhere.example`,
    'javascript:alert(1)',
    `/ar/${mine.slug}@elsewhere.example`,
    `/ar/${mine.slug}/../../../docs/api`,
    '\u0000',
  ]) {
    const { headers } = await open('POST x', {
      path: `/ar/${mine.slug}/-/currency`,
      form: { currency: 'KWD', back },
    })
    expect(headers.get('location')).toBe(`/ar/${mine.slug}`)
  }
  // A header that breaks off where another begins: the scanner found that this answered 500.
  const broken = await open('POST x', {
    path: `/ar/${mine.slug}/-/currency`,
    form: { currency: 'KWD', back: `/ar/${mine.slug}?q=\r\nset-cookie: a=b\u0000` },
  })
  expect(broken.status).toBe(303)
  expect(broken.headers.get('location')).toMatch(/^\/ar\/[\w-]+\?q=[\x21-\x7e]*$/)
  expect(broken.headers.getSetCookie().join()).not.toContain('a=b')
})
