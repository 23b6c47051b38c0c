import { createCipheriv, randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sealedTables } from '../../sealed.ts'
import { makeWorld, webhookServices, type World } from '../../../test/support/webhook-world.ts'
import type { TestServices } from '../../../test/support/services.ts'
import type { EndpointWithSecret } from '../../modules/webhooks/schema.ts'
import { systemCtx, type Services } from '../ctx.ts'
import { transaction } from '../database/transaction.ts'
import { checkKeys, checkSecrets } from '../health/key-checks.ts'
import { readSecrets } from '../secrets.ts'
import { checkSealed } from './check-sealed.ts'
import { keyIdOf } from './envelope.ts'
import { adoptKeys, rotateKeys, type Rotated } from './rotate-keys.ts'
import { seal } from './seal.ts'

let services: TestServices
let admin: pg.Client
let world: World
let there: World
let endpoints: { world: World; id: string; secret: string }[]
const elsewhere = mkdtempSync(join(tmpdir(), 'rafid-elsewhere-'))

beforeAll(async () => {
  services = (await webhookServices()).services
  admin = new pg.Client(services.test.admin)
  await admin.connect()
  world = await makeWorld(services)
  there = await makeWorld(services)
  endpoints = []
  for (const one of [world, world, there]) endpoints.push({ world: one, ...(await one.endpoint()) })
  const [first] = endpoints
  const path = `/webhook-endpoints/${first?.id}/rotate-secret`
  // One of them has two secrets, the old one as it was.
  const { body } = await world.call<EndpointWithSecret>('POST', path)
  if (first !== undefined) first.secret = body.secret
}, 60_000)

afterAll(async () => {
  await admin.end()
  rmSync(elsewhere, { recursive: true, force: true })
})

const where = () => ({
  tables: sealedTables,
  workspaces: [world.shop.workspaceId, there.shop.workspaceId].toSorted(),
})
const rotate = (
  more: { dataKeys?: boolean; forgetLost?: boolean; workspaces?: string[] } = {},
  as?: Services,
) => {
  const { tables, workspaces: all } = where()
  const { workspaces = all, dataKeys = false, forgetLost = false } = more
  const listed = () => Promise.resolve(workspaces)
  return rotateKeys(as ?? services, {
    owner: services.test.owner,
    tables,
    workspaces: listed,
    dataKeys,
    forgetLost,
  })
}
const kept = async () => {
  const { rows } = await admin.query<{ kept: string }>(
    `SELECT secret AS kept FROM webhook_endpoints UNION ALL
     SELECT previous_secret FROM webhook_endpoints WHERE previous_secret IS NOT NULL ORDER BY 1`,
  )
  return rows.map((row) => row.kept)
}
const keysUsed = async () => [...new Set((await kept()).map(keyIdOf))]
const ids = () => services.secrets.keyring.ids()
const done = (rotated: Rotated) => {
  if (rotated.state !== 'done') throw new Error('nothing was rotated')
  return rotated
}
const reveal = async ({ world: one, id }: { world: World; id: string }) =>
  one.call<EndpointWithSecret>('POST', `/webhook-endpoints/${id}/reveal-secret`)

/** A process on another machine, with a copy of the secrets as they are now. */
function processElsewhere(): Services {
  copyFileSync(services.secrets.keyring.path, join(elsewhere, 'secrets.json'))
  return { ...services, secrets: readSecrets(elsewhere) }
}

/** After each test all secrets are what they were, under one key. */
async function expectWhole(): Promise<void> {
  for (const one of endpoints) expect((await reveal(one)).body.secret).toBe(one.secret)
  expect(await keysUsed()).toEqual(ids())
  expect(ids()).toHaveLength(1)
  expect((await checkSealed(services, where())).faults).toEqual([])
}

describe('a rotation', () => {
  test('leaves every secret as it was, under another key, and takes the old key away', async () => {
    const [before] = ids()
    const sealedBefore = await kept()
    const rotated = done(await rotate())
    expect(rotated).toMatchObject({ resumed: false, values: 4, retired: [before], faults: [] })
    expect(ids()).toEqual([rotated.keyId])
    // The texts themselves are not encrypted anew.
    const texts = (all: string[]) => all.map((one) => one.slice(-30)).toSorted()
    expect(texts(await kept())).toEqual(texts(sealedBefore))
    await expectWhole()
  })

  test('makes fresh data keys if that is wished', async () => {
    const before = (await kept()).map((one) => one.slice(-30))
    done(await rotate({ dataKeys: true }))
    expect((await kept()).filter((one) => before.includes(one.slice(-30)))).toEqual([])
    await expectWhole()
  })

  test.each([
    [
      'when the new key is on the disk and nobody knows of it',
      () => Promise.resolve(services.secrets.keyring.add()),
    ],
    [
      'when one workspace is done and another is not',
      async () => {
        const [first = ''] = where().workspaces
        await expect(rotate({ workspaces: [first, 'no workspace'] })).rejects.toThrow('names its workspace')
        expect(await keysUsed()).toHaveLength(2)
      },
    ],
  ])('cut off %s goes on when it is called again', async (_when, cutOff) => {
    await cutOff()
    expect(ids()).toHaveLength(2)
    const newest = ids().at(-1)
    // Meanwhile everything can be opened and sealed.
    for (const one of endpoints) expect((await reveal(one)).body.secret).toBe(one.secret)
    expect(done(await rotate())).toMatchObject({ resumed: true, keyId: newest, faults: [] })
    await expectWhole()
  })

  test('by two at once is one that both come to the end of', async () => {
    const other = { ...services, secrets: readSecrets(services.config.dataDir) }
    const both = await Promise.all([rotate(), rotate({}, other)])
    expect(both.map(({ state }) => state)).toEqual(['done', 'done'])
    await expectWhole()
  })

  test('takes what was kept before there were envelopes into one', async () => {
    const [one] = endpoints
    if (one === undefined) throw new Error('there is no endpoint')
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', services.secrets.key('webhooks'), nonce)
    cipher.setAAD(Buffer.from(`webhook-endpoint/${one.world.shop.workspaceId}/${one.id}`))
    const hidden = Buffer.concat([cipher.update(one.secret, 'utf8'), cipher.final()])
    const older = `v1.${Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64url')}`
    await admin.query('UPDATE webhook_endpoints SET secret = $2 WHERE id = $1', [one.id, older])
    expect((await reveal(one)).body.secret).toBe(one.secret)
    done(await rotate())
    await expectWhole()
  })
})

describe('a process with older keys', () => {
  test('that shares the file finds the new ones by itself', async () => {
    const other = { ...services, secrets: readSecrets(services.config.dataDir) }
    done(await rotate())
    expect((await checkSealed(other, where())).faults).toEqual([])
    expect((await checkKeys(other))[0]?.state).toBe('good')
  })

  test('and a file of its own can seal nothing, says so, and rotates nothing', async () => {
    const other = processElsewhere()
    const { keyId } = done(await rotate())
    const [finding] = await checkKeys(other)
    expect(finding).toMatchObject({ state: 'bad', what: 'missing', values: { key: keyId } })
    const sealing = transaction(systemCtx(other, world.shop.workspaceId), (tx) =>
      seal(tx, 'a place', 'a text'),
    )
    await expect(sealing).rejects.toMatchObject({ slug: 'secret-unreadable', fault: 'no-key', keyId })
    expect((await checkSealed(other, where())).faults).toHaveLength(4)
    expect(await rotate({}, other)).toEqual({ state: 'lost', keyId })
    await expectWhole()
    // With the file of the one that rotated, all is well.
    copyFileSync(services.secrets.keyring.path, join(elsewhere, 'secrets.json'))
    expect((await checkKeys(other))[0]?.state).toBe('good')
  })
})

describe('a secret that does not open', () => {
  const [first, third] = [0, 2]
  let saved: { id: string; secret: string }[]
  beforeEach(async () => {
    saved = (await admin.query<{ id: string; secret: string }>('SELECT id, secret FROM webhook_endpoints'))
      .rows
  })
  const put = (id: string, secret: string) =>
    admin.query('UPDATE webhook_endpoints SET secret = $2 WHERE id = $1', [id, secret])
  const restore = async () => {
    for (const { id, secret } of saved) await put(id, secret)
  }

  test('because it was copied from another store is refused, named, and leaves the old key where it is', async () => {
    const [mine, theirs] = [endpoints[first], endpoints[third]]
    if (mine === undefined || theirs === undefined) throw new Error('there are not enough endpoints')
    await put(theirs.id, saved.find(({ id }) => id === mine.id)?.secret ?? '')
    expect(await reveal(theirs)).toMatchObject({
      status: 503,
      body: { type: '/docs/problems#secret-unreadable' },
    })
    const found = await checkSealed(services, where())
    const fault = { table: 'webhook_endpoints', id: theirs.id, column: 'secret', fault: 'changed' }
    expect(found).toMatchObject({ values: 4, faults: [fault] })
    expect((await checkSecrets(services, where()))[0]).toMatchObject({ state: 'bad', what: 'closed' })
    const rotated = done(await rotate())
    expect(rotated).toMatchObject({ retired: [], faults: [fault] })
    expect(ids()).toHaveLength(2)
    // Given a new secret, the rotation comes to its end.
    const renewed = await there.call<EndpointWithSecret>(
      'POST',
      `/webhook-endpoints/${theirs.id}/rotate-secret`,
    )
    theirs.secret = renewed.body.secret
    await admin.query('UPDATE webhook_endpoints SET previous_secret = NULL WHERE id = $1', [theirs.id])
    expect(done(await rotate())).toMatchObject({ resumed: true, faults: [] })
    await expectWhole()
  })

  test('because its key is lost is named, and a new key can be begun with', async () => {
    const lost = { ...services, secrets: readSecrets(join(elsewhere, 'fresh')) }
    expect((await checkSealed(lost, where())).faults.map(({ fault }) => fault)).toContain('no-key')
    expect(await rotate({}, lost)).toMatchObject({ state: 'lost' })
    expect(done(await rotate({ forgetLost: true }, lost)).faults).not.toEqual([])
    const seals = () =>
      transaction(systemCtx(lost, world.shop.workspaceId), (tx) => seal(tx, 'a place', 'a text'))
    expect(keyIdOf(await seals())).toBe(lost.secrets.keyring.ids().at(-1))
    await adoptKeys(services.test.owner, services.secrets)
    await restore()
    await expectWhole()
  })
})

test('every column that is called a secret is sealed, or is the hash of one', async () => {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name ~ 'secret|codes$|credential|api_key|passphrase|private' ORDER BY 1`,
  )
  const covered = sealedTables.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`))
  // A credential's id is public, as the key beside it.
  const open = ['passkeys.credential_id']
  expect(rows.map(({ name }) => name).filter((name) => !open.includes(name))).toEqual(covered.toSorted())
  expect(existsSync(`${services.secrets.keyring.path}.new`)).toBe(false)
})
