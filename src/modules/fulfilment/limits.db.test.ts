import { beforeAll, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { makeShop, type Shop } from '../../../test/support/shop.ts'
import { createRouter } from '../../platform/http/env.ts'
import { answerProblem } from '../../platform/http/problems.ts'
import { pages } from './pages/index.ts'

let services: TestServices
let shop: Shop

beforeAll(async () => {
  services = await testServices()
  shop = await makeShop(services)
})

/** Statuses of so many posts from the address that `ipOf` gives each. */
async function post(
  path: string,
  form: Record<string, string>,
  ipOf: (nth: number) => string,
  times: number,
) {
  const app = createRouter()
  let nth = 0
  app.use(async (c, next) => {
    c.set('ctx', { ...shop.buyer, ip: ipOf(nth++), config: { ...services.config, rateLimits: true } })
    await next()
  })
  app.onError((error, c) => answerProblem(c, error))
  app.route('/', pages)
  const statuses: number[] = []
  for (let time = 0; time < times; time++) {
    const answer = await app.request(`/en/${shop.slug}/-/purchases${path}`, {
      method: 'POST',
      body: new URLSearchParams(form),
    })
    statuses.push(answer.status)
  }
  return statuses
}

test('asking for links is counted by network and by address of mail, and opening them apart from it', async () => {
  const from = (ip: string) => () => ip
  const own = await post('', { email: 'a@example.com' }, from('192.0.2.1'), 11)
  expect(own.filter((status) => status === 429)).toHaveLength(1)
  expect(own.at(-1)).toBe(429)
  const opened = await post('/enter', { token: 'x' }, from('192.0.2.1'), 61)
  expect(opened.indexOf(429)).toBe(60)
  const many = await post('', { email: 'B@example.com' }, (nth) => `198.51.100.${nth + 1}`, 11)
  expect(many.indexOf(429)).toBe(10)
})
