import { expect, test } from 'vitest'
import { createHmac } from 'node:crypto'
import { signMessage } from '../../src/modules/checkout/providers/test/signature.ts'
import { badInputWorld } from './world.ts'
import type { BadRequest } from './requests.ts'

const world = badInputWorld()

async function faultsOf(
  requests: readonly BadRequest[],
  expected: { mayWork?: boolean; page?: boolean } = {},
) {
  const faults: string[] = []
  for (const caller of world.callers) {
    for (const request of requests) faults.push(...(await world.send(request, caller, expected)))
  }
  return faults
}

const NONSENSE = [
  '{',
  '',
  'null',
  '[]',
  '"pay"',
  '{"action":"steal"}',
  '{"action":"pay","amountMinor":1.5}',
  '{"action":"pay","amountMinor":"-1"}',
  '{"action":"pay","lateSeconds":1e9}',
]

test('the test provider takes no nonsense', async () => {
  const [paymentUrl] = await world.victim.query<{ url: string }>(
    (await import('drizzle-orm')).sql`SELECT redirect_url AS url FROM payments
      WHERE workspace_id = ${world.victim.workspaceId} AND status = 'started'`,
  )
  const path = new URL(paymentUrl?.url ?? '').pathname
  const steering = NONSENSE.map((body) => ({
    what: body,
    path: `${path}/steer`,
    init: { method: 'POST', body, headers: { 'content-type': 'application/json' } },
  }))
  const pressing = [
    '',
    'action=steal',
    'action=',
    '%00',
    'action=pay&action='.repeat(2000).replace('pay', 'x'),
  ].map((body) => ({
    what: `form ${body.slice(0, 20)}`,
    path,
    init: { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  }))
  const elsewhere = path.replace(world.victim.workspaceId, world.stranger.workspaceId)
  const stolen = [
    {
      what: 'another workspace',
      path: `${elsewhere}/steer`,
      init: { method: 'POST', body: '{"action":"pay"}' },
    },
    { what: 'no id', path: '/pay/test/1/2', init: { method: 'POST', body: 'action=pay' } },
  ]
  expect(await faultsOf([...steering, ...pressing, ...stolen], { page: true })).toEqual([])
})

test('headers of every kind of nonsense are refused or ignored', async () => {
  const odd: Record<string, string>[] = [
    { authorization: 'Bearer' },
    { authorization: 'Bearer rafid_' },
    { authorization: `Bearer rafid_${'x'.repeat(5000)}` },
    { authorization: 'Basic YTpi' },
    { cookie: 'rafid_session=x; __Host-rafid_session=%00' },
    { cookie: 'a'.repeat(8000) },
    { 'rafid-workspace': 'x' },
    { 'rafid-workspace': world.victim.workspaceId },
    { 'idempotency-key': 'x'.repeat(300) },
    { 'idempotency-key': 'a b' },
    { 'accept-language': `${'x-'.repeat(3000)};q=9,*;q=NaN` },
    { 'content-length': '-1' },
    { 'content-encoding': 'gzip' },
    { 'x-forwarded-for': '::1, nonsense' },
    { origin: 'null' },
    { origin: 'https://elsewhere.example' },
  ]
  const paths = ['/api/v1/orders', '/api/v1/store', `/api/v1/stores/${world.victim.slug}/carts`]
  const requests = odd.flatMap((headers) =>
    paths.flatMap((path) => [
      { what: JSON.stringify(headers).slice(0, 60), path, init: { headers } },
      {
        what: JSON.stringify(headers).slice(0, 60),
        path,
        init: {
          method: 'POST',
          body: '{"items":[{"productId":1}]}',
          headers: { 'content-type': 'application/json', ...headers },
        },
      },
    ]),
  )
  const faults = await faultsOf(requests, { mayWork: true })
  // A language that is none is answered in one that is.
  expect(faults.filter((fault) => !fault.includes('accept-language'))).toEqual([])
})

test('pages take no nonsense: forms, paths and queries', async () => {
  const { slug } = world.victim
  const forms = [
    '',
    'x',
    'productId=1&quantity=-1',
    `productId=${world.filling.unknownId}&quantity=1e9`,
    'email=%00&name=%00',
    `email=${'a'.repeat(9000)}@b.c`,
    'quantity=1.5',
    '__proto__=1',
    '%E0%A4%A',
  ]
  const places = [
    '-/cart',
    '-/checkout',
    '-/purchases',
    `-/orders/${world.filling.unknownId}`,
    '-/orders/x',
    `-/orders/${world.filling.unknownId}/retry`,
  ]
  const posts = ['ar', 'en', 'xx'].flatMap((locale) =>
    places.flatMap((place) =>
      forms.map((body) => ({
        what: `form ${body.slice(0, 30)}`,
        path: `/${locale}/${slug}/${place}`,
        init: { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      })),
    ),
  )
  const gets = [
    '/ar/%00',
    '/ar/%',
    `/ar/${slug}/%E0%A4%A`,
    `/en/${slug}/${'x'.repeat(4000)}`,
    `/ar/${slug}?page=-1`,
    `/ar/${slug}?after=${'9'.repeat(40)}`,
    `/ar/${slug}?q=%00`,
    `/en/${slug}?q=${"'".repeat(500)}`,
    `/ar/${slug}/-/orders/${world.filling.unknownId}?key=x`,
    `/ar/${slug}/-/orders/${world.filling.unknownId}/return?key=%00`,
    `/files/${world.victim.workspaceId}/1/2`,
    '/files/a/b/c?expires=NaN',
    '/media/a/b/c',
    `/media/${world.victim.workspaceId}/${world.filling.unknownId}/..%2f..%2fetc%2fpasswd`,
    '/assets/..%2f..%2fpackage.json',
    '/dashboard/..%2f..%2fpackage.json',
  ].map((path) => ({ what: 'address', path, init: {} }))
  expect(await faultsOf([...posts, ...gets], { mayWork: true, page: true })).toEqual([])
})

test('a signed message that is no message changes nothing', async () => {
  const { workspaceId } = world.victim
  const secret = createHmac('sha256', world.services.secrets.key('test-provider'))
    .update(workspaceId)
    .digest()
  const bodies = [
    '',
    '{',
    'null',
    '[]',
    '{"data":null}',
    '{"data":{"payment":1}}',
    '{"data":{"payment":"x"}}',
    '\u0000',
  ]
  const requests = bodies.map((body, nth) => ({
    what: body,
    path: `/api/v1/webhooks/test/${workspaceId}`,
    init: {
      method: 'POST',
      body,
      headers: { ...signMessage(secret, { id: `nonsense-${nth}`, at: new Date(), body }) },
    },
  }))
  expect(await faultsOf(requests)).toEqual([])
})
