import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { makeWorkspace } from '../../../test/support/workspace.ts'
import type { Services } from '../ctx.ts'
import { openDatabase } from '../database/database.ts'
import type { OutgoingMail } from '../mail/transport.ts'
import { lookAndTell, type WatchState } from './tell-operator.ts'

const sent: OutgoingMail[] = []
let services: TestServices
let owner: string

beforeAll(async () => {
  services = await testServices({
    mail: {
      send: (mail) => {
        sent.push(mail)
        return Promise.resolve({ outcome: 'sent' })
      },
      close: () => undefined,
    },
  })
  owner = (await makeWorkspace(services)).owner.email
})

/** Where nothing can be written, whoever one is: a file in the place of the folder. */
const withoutDisk = (): Services => ({
  ...services,
  config: { ...services.config, dataDir: join(services.config.dataDir, 'secrets.json') },
})
const fresh = (): WatchState => ({ seen: new Map(), told: new Set(), operator: undefined })

test('trouble that lasts is told once, by one process, and so is its end', async () => {
  const broken = withoutDisk()
  const [one, other] = [fresh(), fresh()]
  await lookAndTell(broken, one)
  await lookAndTell(broken, other)
  expect(sent).toEqual([])
  for (let look = 0; look < 3; look++) {
    await lookAndTell(broken, one)
    await lookAndTell(broken, other)
  }
  expect(sent).toHaveLength(1)
  expect(sent[0]?.to.address).toBe(owner)
  expect(sent[0]?.subject).toContain('القرص')
  expect(sent[0]?.text).toContain('secrets.json')
  for (let look = 0; look < 2; look++) {
    await lookAndTell(services, one)
    await lookAndTell(services, other)
  }
  expect(sent).toHaveLength(2)
  expect(sent[1]?.subject).toContain('القرص')
})

test('that the database is away is told too, to the one who was known before', async () => {
  sent.length = 0
  const state = fresh()
  await lookAndTell(services, state)
  const gone = openDatabase({ host: '/nowhere', user: 'nobody', database: 'none' })
  for (let look = 0; look < 3; look++) await lookAndTell({ ...services, database: gone }, state)
  expect(sent.map(({ to }) => to.address)).toEqual([owner])
  await gone.close()
})

test('what lasts for a moment is not told', async () => {
  sent.length = 0
  const state = fresh()
  await lookAndTell(services, state)
  await lookAndTell(withoutDisk(), state)
  await lookAndTell(services, state)
  expect(sent).toEqual([])
})
