import pg from 'pg'
import type { Services } from '../ctx.ts'
import type { Connection } from '../database/database.ts'
import type { Keyring } from '../keyring.ts'
import type { Secrets } from '../secrets.ts'
import { faultOf, type SealedFault } from './check-sealed.ts'
import { close, isSealed, keyIdOf, rewrap } from './envelope.ts'
import { CURRENT_KEY } from './seal.ts'
import { openKept, type SealedTable } from './sealed-table.ts'
import { replaceKept, walkSealed, type Kept } from './walk.ts'

/** What is to be rotated, and how. */
export type Rotation = {
  owner: Connection
  tables: readonly SealedTable[]
  /** The ids of all workspaces; asked for once nothing can be sealed with the old key any more. */
  workspaces: () => Promise<readonly string[]>
  /** Fresh data keys too, and not only fresh wrapping. */
  dataKeys: boolean
  /** Goes on although the key that the database names is gone for good. */
  forgetLost: boolean
}

/** What came of it. `lost` is the key that the database names and the secrets file has not: nothing was done. */
export type Rotated =
  | { state: 'lost'; keyId: string }
  | {
      state: 'done'
      keyId: string
      /** It went on with a rotation that had been cut off. */
      resumed: boolean
      values: number
      /** Keys that nothing needs any more and that are gone. */
      retired: readonly string[]
      faults: readonly SealedFault[]
    }

/**
 * Makes a new key-encryption key and wraps everything with it. In this order, so that it can be cut off anywhere and be
 * called again: the key is on the disk before the database names it, named before anything is wrapped with it, and the old
 * ones go when nothing is wrapped with them. More than one key in the file means that this has not come to its end.
 */
export async function rotateKeys(services: Services, rotation: Rotation): Promise<Rotated> {
  const { keyring } = services.secrets
  const begun = await inOwnTransaction(rotation.owner, (client) => begin(client, keyring, rotation))
  if (begun.state === 'lost') return begun
  const { keyId, resumed } = begun
  let values = 0
  const faults: SealedFault[] = []
  const needed = new Set([keyId])
  const walk = { tables: rotation.tables, workspaces: await rotation.workspaces(), locked: true } as const
  await walkSealed(services, walk, async ({ tx, values: page }) => {
    for (const value of page) {
      values += 1
      const fault = faultOf(services, value)
      if (fault === undefined) {
        const text = renewed(services.secrets, value, { keyId, dataKeys: rotation.dataKeys })
        if (text !== value.kept) await replaceKept(tx, value, text)
      } else {
        faults.push(fault)
        // Whoever mends it wants its key.
        needed.add(fault.keyId)
      }
    }
  })
  const retired = await inOwnTransaction(rotation.owner, (client) =>
    retire(client, keyring, { keyId, needed }),
  )
  return { state: 'done', keyId, resumed, values, retired, faults }
}

type Renewing = { keyId: string; dataKeys: boolean }

function renewed(secrets: Secrets, value: Kept, { keyId, dataKeys }: Renewing): string {
  const { table, kept } = value
  const place = table.place(value)
  if (!isSealed(kept) || dataKeys)
    return close(secrets.keyring, keyId, { place, text: openKept(secrets, table, value) })
  return keyIdOf(kept) === keyId ? kept : rewrap(secrets.keyring, keyId, { place, sealed: kept })
}

type Begun = { state: 'lost'; keyId: string } | { state: 'begun'; keyId: string; resumed: boolean }

async function begin(client: pg.Client, keyring: Keyring, { forgetLost }: Rotation): Promise<Begun> {
  const current = await lockCurrent(client, keyring)
  const ids = keyring.ids()
  if (!ids.includes(current) && !forgetLost) return { state: 'lost', keyId: current }
  const resumed = ids.length > 1
  const keyId = (resumed ? ids.at(-1) : undefined) ?? keyring.add()
  await name(client, keyId)
  return { state: 'begun', keyId, resumed }
}

type Retiring = { keyId: string; needed: ReadonlySet<string> }

/** Under the lock of the current key nothing can be wrapped with another one, nor another one be made. */
async function retire(client: pg.Client, keyring: Keyring, { keyId, needed }: Retiring): Promise<string[]> {
  const current = await lockCurrent(client, keyring)
  const retired = keyring.ids().filter((id) => !needed.has(id))
  // Somebody else has begun the next rotation, which takes these along.
  if (current !== keyId || retired.length === 0) return []
  keyring.keep(needed)
  return retired
}

/** The key that the database names, and nobody may seal or rotate until the transaction ends. */
async function lockCurrent(client: pg.Client, keyring: Keyring): Promise<string> {
  await client.query(
    `INSERT INTO instance (key, value, updated_at) VALUES ($1, $2, now()) ON CONFLICT (key) DO NOTHING`,
    [CURRENT_KEY, JSON.stringify({ current: keyring.ids().at(-1) })],
  )
  const { rows } = await client.query<{ id: string }>(
    "SELECT value->>'current' AS id FROM instance WHERE key = $1 FOR UPDATE",
    [CURRENT_KEY],
  )
  return rows[0]?.id ?? ''
}

async function name(client: pg.Client, keyId: string): Promise<void> {
  await client.query('UPDATE instance SET value = $2, updated_at = now() WHERE key = $1', [
    CURRENT_KEY,
    JSON.stringify({ current: keyId }),
  ])
}

/** Lets the database name this installation's own key, after a restore without the keys that its secrets hang on. */
export async function adoptKeys(owner: Connection, { keyring }: Secrets): Promise<void> {
  await inOwnTransaction(owner, async (client) => {
    await lockCurrent(client, keyring)
    await name(client, keyring.ids().at(-1) ?? '')
  })
}

async function inOwnTransaction<T>(owner: Connection, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...owner, application_name: 'rafid-keys' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } finally {
    await client.end()
  }
}
