import type { ClientBase } from 'pg'
import { OperatorError } from '../operator-error.ts'

/** A database that would lose what it has acknowledged. */
export class NotDurable extends OperatorError {}

const REQUIRED = ['fsync', 'full_page_writes'] as const

/** Values of synchronous_commit under which an acknowledged commit is on disk. */
const SYNCHRONOUS = ['on', 'local', 'remote_write', 'remote_apply']

/**
 * Checks that a commit which this connection sees acknowledged survives a crash: fsync, full_page_writes and
 * synchronous_commit. Gives a warning where data checksums are off: they find damage, they do not prevent it.
 * @throws NotDurable with one sentence that names the settings.
 */
export async function assertDurable(client: Pick<ClientBase, 'query'>): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    'SELECT name, setting FROM pg_settings WHERE name = ANY($1)',
    [[...REQUIRED, 'synchronous_commit', 'data_checksums']],
  )
  const settings = new Map(rows.map(({ name, setting }) => [name, setting]))
  const off = REQUIRED.filter((name) => settings.get(name) !== 'on') as string[]
  if (!SYNCHRONOUS.includes(settings.get('synchronous_commit') ?? '')) off.push('synchronous_commit')
  if (off.length > 0) {
    const be = off.length === 1 ? 'is off: turn it on' : 'are off: turn them on'
    throw new NotDurable(`The database could lose payments in a crash, because ${off.join(' and ')} ${be}.`)
  }
  return settings.get('data_checksums') === 'on'
    ? undefined
    : 'data checksums are off, so damage on the disk would go unseen (pg_checksums --enable turns them on)'
}
