import { describe, expect, test } from 'vitest'
import { badRequests, foreignRequests } from './requests.ts'
import { badInputWorld } from './world.ts'

const world = badInputWorld()
const MINUTE = 60_000

describe('every route of the document', () => {
  test(
    'refuses what is malformed, of wrong types, or absurd, in the reader’s language, and changes nothing',
    { timeout: 5 * MINUTE },
    async () => {
      const faults: string[] = []
      let sent = 0
      for (const route of world.routes) {
        for (const caller of world.callers) {
          for (const request of badRequests(route, world.filling)) {
            faults.push(...(await world.send(request, caller, { mayWork: true })))
            sent += 1
          }
        }
      }
      if (process.env['FAULTS_SHOW'] !== undefined)
        console.log(`${sent} bad requests to ${world.routes.length} routes`)
      expect(sent).toBeGreaterThan(3000)
      expect(faults).toEqual([])
    },
  )

  test('knows nothing of another workspace’s things', { timeout: 5 * MINUTE }, async () => {
    const faults: string[] = []
    const filling = { ...world.filling, store: world.stranger.slug }
    for (const route of world.routes) {
      for (const caller of world.callers) {
        for (const request of foreignRequests(route, filling))
          faults.push(...(await world.send(request, caller)))
      }
    }
    expect(faults).toEqual([])
  })
})

test('the walk finds an answer that is no problem, one in the wrong language, one that works, and a change', async () => {
  const { app } = world
  const [anybody] = world.callers
  if (anybody === undefined) throw new Error('nobody sends')
  const ask = (answer: () => Response | Promise<Response>) => {
    world.app = { request: answer }
    return world.send({ what: 'planted', path: '/planted', init: {} }, anybody)
  }
  const problem = { 'content-type': 'application/problem+json' }
  const mixed = JSON.stringify({ title: 'خطأ', detail: 'wrong' })
  expect(await ask(() => new Response('oops', { status: 500 }))).toHaveLength(2)
  expect(await ask(() => new Response(mixed, { status: 422, headers: problem }))).toHaveLength(1)
  expect(await ask(() => new Response('{}'))).toHaveLength(1)
  const refusal = async () => {
    await world.stranger.product()
    return app.request('/api/v1/nowhere')
  }
  expect((await ask(refusal)).join()).toContain('changes')
  world.app = app
})
