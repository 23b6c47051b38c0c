import { beforeAll, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { checkModel, seed } from './model/check-model.test-support.ts'

const clock = standingClock('2026-03-02T00:00:00Z')
let services: TestServices

beforeAll(async () => {
  services = await testServices({ clock })
})

test('the ledger and its model agree, whatever is called at once', { timeout: 240_000 }, async () => {
  console.log(`seed ${seed}; LEDGER_SEED=${seed} repeats it`)
  const { calls, refusals } = await checkModel(services, clock, { seed, workspaces: 120 })
  console.log(`${calls} calls, ${refusals} rounds of refusals`)
  expect(calls).toBeGreaterThanOrEqual(10_000)
  expect(refusals).toBeGreaterThan(20)
})
