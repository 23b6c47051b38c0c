import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCluster } from '../../src/platform/postgres/cluster.ts'
import { readSecrets } from '../../src/platform/secrets.ts'

/** How test files reach the cluster of this run: JSON in the environment. */
export type TestCluster = { host: string; passwords: Record<'postgres' | 'rafid' | 'rafid_app', string> }

/**
 * One PostgreSQL for the whole run, from the same binaries and settings as the product's, without its durability: what
 * these tests look at does not survive them. Tests of crashes start their own with everything on.
 */
export default async function startTestCluster(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rafid-cluster-'))
  const secrets = readSecrets(dataDir)
  const cluster = await startCluster({ dataDir, secrets, purpose: 'throwaway' })
  const shared: TestCluster = {
    host: String(cluster.admin.host),
    passwords: {
      postgres: secrets.databasePassword('postgres'),
      rafid: secrets.databasePassword('rafid'),
      rafid_app: secrets.databasePassword('rafid_app'),
    },
  }
  process.env['TEST_CLUSTER'] = JSON.stringify(shared)
  return async () => {
    await cluster.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
