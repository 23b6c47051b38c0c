import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from '../config.ts'

/** The file in the data directory that says that a restore has begun and has not ended. */
export const RESTORING = 'restoring'

/** @throws ConfigError with one sentence where a restore was cut off: what is there is not all that there was. */
export function refuseUnfinishedRestore(dataDir: string): void {
  if (existsSync(join(dataDir, RESTORING)))
    throw new ConfigError(
      `A restore into ${dataDir} was cut off; run the same 'rafid restore' again, and it begins anew.`,
    )
}
