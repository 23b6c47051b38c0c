import type { ClientBase } from 'pg'

/** A database that would lose what it has acknowledged. */
export class NotDurable extends Error {}

const REQUIRED = ['fsync', 'full_page_writes', 'data_checksums'] as const

/** Values of synchronous_commit under which an acknowledged commit is on disk. */
const SYNCHRONOUS = ['on', 'local', 'remote_write', 'remote_apply']

/**
 * Checks that a commit which this connection sees acknowledged survives a crash: fsync, full_page_writes,
 * synchronous_commit and data checksums.
 * @throws NotDurable with one sentence that names the settings.
 */
export async function assertDurable(client: Pick<ClientBase, 'query'>): Promise<void> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    'SELECT name, setting FROM pg_settings WHERE name = ANY($1)',
    [[...REQUIRED, 'synchronous_commit']],
  )
  const settings = new Map(rows.map(({ name, setting }) => [name, setting]))
  const off = REQUIRED.filter((name) => settings.get(name) !== 'on') as string[]
  if (!SYNCHRONOUS.includes(settings.get('synchronous_commit') ?? '')) off.push('synchronous_commit')
  if (off.length === 0) return
  throw new NotDurable(
    `The database could lose payments in a crash, because ${off.join(' and ')} ${off.length === 1 ? 'is' : 'are'} off: turn ${off.length === 1 ? 'it' : 'them'} on${off.includes('data_checksums') ? ' (pg_checksums --enable)' : ''}.`,
  )
}
