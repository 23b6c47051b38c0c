import { beforeAll, describe, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { makeWorkspace, type TestWorkspace } from '../../../test/support/workspace.ts'
import { createApp } from '../../app.ts'
import { encodeCursor } from './page.ts'

let services: TestServices
let workspace: TestWorkspace
let app: ReturnType<typeof createApp>

beforeAll(async () => {
  services = await testServices()
  workspace = await makeWorkspace(services)
  app = createApp(services)
})

const ask = async (path: string) => {
  const answer = await app.request(`/api/v1${path}`, { headers: workspace.headers })
  return { status: answer.status, text: await answer.text() }
}

describe('a cursor that no page gave out', () => {
  const lists = ['/messages', '/audit-events', '/tokens', '/members', '/files', '/products', '/orders']

  test.each(lists)('is refused as such, not as a fault of the program: %s', async (path) => {
    for (const cursor of [
      'nonsense',
      encodeCursor(['x']),
      encodeCursor(["' OR true --"]),
      encodeCursor([1, 2]),
    ]) {
      const { status, text } = await ask(`${path}?after=${cursor}`)
      expect(status).toBe(422)
      expect(JSON.parse(text)).toMatchObject({ errors: [{ pointer: '/after' }] })
    }
  })
})

describe('a text with a null character', () => {
  test.each([
    '/orders?search=a%00b',
    '/audit-events?action=a%00b',
    '/messages?relatedKind=a%00&relatedId=019b0000-0000-7000-8000-000000000000',
    '/stores/a%00b/products',
  ])('is a malformed request and says nothing of the database: %s', async (path) => {
    const { status, text } = await ask(path)
    expect([400, 404]).toContain(status)
    expect(text).not.toMatch(/utf8|byte sequence|postgres/i)
  })
})
