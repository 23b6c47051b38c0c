import type { Services } from '../ctx.ts'
import { checkSealed } from '../sealing/check-sealed.ts'
import { CURRENT_KEY } from '../sealing/seal.ts'
import type { SealedTable } from '../sealing/sealed-table.ts'
import { finding, type Finding } from './finding.ts'

/** Whether this process has the key that secrets are sealed with now: another one may have made it, beside another file. */
export async function checkKeys({ database, secrets }: Services): Promise<Finding[]> {
  const { rows } = await database.pool.query<{ id: string }>(
    "SELECT value->>'current' AS id FROM instance WHERE key = $1",
    [CURRENT_KEY],
  )
  const key = rows[0]?.id
  const values = { file: secrets.keyring.path, key: key ?? '', command: 'rafid rotate-keys --forget-lost' }
  const missing = key !== undefined && secrets.keyring.find(key) === undefined
  return [finding('keys', missing ? ['bad', 'missing'] : ['good', 'fine'], values)]
}

/** Whether all that is kept encrypted opens. */
export async function checkSecrets(
  services: Services,
  where: { tables: readonly SealedTable[]; workspaces: readonly string[] },
): Promise<Finding[]> {
  const { values: count, faults } = await checkSealed(services, where)
  const told = { count: faults.length, command: 'rafid verify' }
  return [
    faults.length > 0
      ? finding('secrets', ['bad', 'closed'], told)
      : finding('secrets', ['good', 'fine'], { count }),
  ]
}
