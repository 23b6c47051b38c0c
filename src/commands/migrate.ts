import { migrate as bringUpToDate } from '../platform/database/migrate.ts'
import { readConfig } from '../platform/config.ts'
import { openInstallation } from '../platform/postgres/installation.ts'
import { readSecrets } from '../platform/secrets.ts'
import type { Command } from './shell.ts'

/** `rafid migrate`: brings the database to this version, as a start would. */
export const migrate: Command = {
  usage: 'rafid migrate',
  async run(shell) {
    const config = readConfig(shell.env)
    const installation = await openInstallation(config, readSecrets(config.dataDir))
    try {
      const applied = await bringUpToDate(installation.owner)
      if (applied.length === 0) shell.say('migrate.nothing')
      else shell.say('migrate.done', { count: applied.length, names: applied.join(', ') })
      return 0
    } finally {
      await installation.close()
    }
  },
}
