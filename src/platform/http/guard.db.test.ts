import { beforeAll, describe, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { makeWorkspace, type TestWorkspace } from '../../../test/support/workspace.ts'
import { createApp } from '../../app.ts'

let services: TestServices
let workspace: TestWorkspace
let app: ReturnType<typeof createApp>

beforeAll(async () => {
  services = await testServices({ env: { RATE_LIMITS: 'on' } })
  workspace = await makeWorkspace(services)
  app = createApp(services)
})

const large = `{"items":[],"x":"${'x'.repeat(5 * 1024 * 1024)}"}`
const json = { 'content-type': 'application/json' }

/** A body whose length nobody tells, and how much of it was read. */
function endless() {
  let read = 0
  const chunk = new Uint8Array(1024 * 1024).fill(120)
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      read += chunk.byteLength
      if (read > 64 * chunk.byteLength) controller.close()
      else controller.enqueue(chunk)
    },
  })
  return { body, read: () => read }
}

describe('a body that no form and no JSON has', () => {
  test('is refused by the length that it tells, before any of it is read', async () => {
    const { body, read } = endless()
    const answer = await app.request(`/api/v1/stores/${workspace.slug}/carts`, {
      method: 'POST',
      headers: { ...json, 'content-length': String(large.length) },
      body,
      duplex: 'half',
    } as RequestInit)
    expect(answer.status).toBe(413)
    expect(await answer.json()).toMatchObject({ type: '/docs/problems#too-large' })
    expect(read()).toBeLessThan(3 * 1024 * 1024)
  })

  test('is refused as soon as it is passed where no length is told', async () => {
    const { body, read } = endless()
    const sent = { method: 'POST', headers: json, body, duplex: 'half' } as RequestInit
    expect((await app.request(`/api/v1/stores/${workspace.slug}/carts`, sent)).status).toBe(413)
    expect(read()).toBeLessThan(8 * 1024 * 1024)
  })

  test('is refused by pages too, in words', async () => {
    const answer = await app.request(`/ar/${workspace.slug}/-/cart`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `add=${'x'.repeat(5 * 1024 * 1024)}`,
    })
    expect(answer.status).toBe(413)
    expect(answer.headers.get('content-type')).toMatch(/text\/html/)
  })

  test('is a file where files are taken', async () => {
    const answer = await app.request('/api/v1/files?name=large.txt', {
      method: 'POST',
      headers: { authorization: `Bearer ${workspace.token}`, 'content-type': 'application/octet-stream' },
      body: large,
    })
    expect(answer.status).toBe(201)
  })

  test('leaves what is smaller as it was sent', async () => {
    const answer = await app.request('/api/v1/products', {
      method: 'POST',
      headers: workspace.headers,
      body: JSON.stringify({ title: { ar: 'دليل', en: 'Guide' }, description: { ar: 'س'.repeat(50_000) } }),
    })
    expect(answer.status).toBe(201)
    expect(await answer.json()).toMatchObject({ description: { ar: 'س'.repeat(50_000) } })
  })
})

describe('what an API tells', () => {
  test.each(['/api/v1/orders', '/api/v1/messages', '/api/v1/audit-events', '/api/v1/members'])(
    'is kept by nobody: %s',
    async (path) => {
      const answer = await app.request(path, { headers: workspace.headers })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('cache-control')).toBe('no-store')
    },
  )
})

describe('a stranger who sends forms without end', () => {
  test('is stopped, with a page that says so', async () => {
    const statuses = new Map<number, number>()
    for (let nth = 0; nth < 320; nth++) {
      const { status } = await app.request(`/ar/${workspace.slug}/-/cart`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'item=nothing',
      })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    expect(statuses.get(429)).toBeGreaterThan(0)
    expect(statuses.get(303)).toBeGreaterThan(200)
    const refused = await app.request(`/ar/${workspace.slug}/-/checkout`)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('content-type')).toMatch(/text\/html/)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})
