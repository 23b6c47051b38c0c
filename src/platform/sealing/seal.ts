import { sql } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import type { Tx } from '../database/database.ts'
import { rows } from '../database/transaction.ts'
import { close } from './envelope.ts'

/** Where the database remembers which key-encryption key is the one to wrap with: a row of `instance`. */
export const CURRENT_KEY = 'key-encryption'

/** Who seals: inside the transaction that writes what was sealed. */
export type Sealing = Pick<Ctx, 'secrets' | 'clock'> & { readonly tx: Tx }

/**
 * Encrypts a secret that must be read again, for keeping in the database; see `close`. The key that is current is locked
 * until the transaction ends: a process whose keys are older than the database's can write nothing under a key that is
 * about to go. @throws SecretUnreadable where this process has not that key
 */
export async function seal(ctx: Sealing, place: string, text: string): Promise<string> {
  return close(ctx.secrets.keyring, await currentKey(ctx), { place, text })
}

async function currentKey(ctx: Sealing): Promise<string> {
  const find = () =>
    rows<{ id: string }>(
      ctx,
      sql`SELECT value->>'current' AS id FROM instance WHERE key = ${CURRENT_KEY} FOR SHARE`,
    )
  const [found] = await find()
  if (found !== undefined) return found.id
  // The first secret of an installation: what this process has is what counts from now on.
  const value = JSON.stringify({ current: ctx.secrets.keyring.ids().at(-1) })
  await rows(
    ctx,
    sql`INSERT INTO instance (key, value, updated_at) VALUES (${CURRENT_KEY}, ${value}::jsonb, ${ctx.clock.now()})
        ON CONFLICT (key) DO NOTHING`,
  )
  const [made] = await find()
  if (made === undefined) throw new Error('assertion failed: there is no current key')
  return made.id
}
