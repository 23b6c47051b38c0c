import { parseArgs } from 'node:util'
import { readConfig } from '../platform/config.ts'
import { rotateKeys } from '../platform/sealing/rotate-keys.ts'
import { sealedTables } from '../sealed.ts'
import { listAllWorkspaces } from './all-workspaces.ts'
import { sayFault } from './sealed-faults.ts'
import { withServices } from './services.ts'
import { WrongUsage, type Command } from './shell.ts'

/** `rafid rotate-keys`: another key-encryption key, while servers run; cut off, it goes on when called again. */
export const rotateKeysCommand: Command = {
  usage: 'rafid rotate-keys [--data-keys] [--forget-lost]',
  async run(shell, args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'data-keys': { type: 'boolean', default: false },
        'forget-lost': { type: 'boolean', default: false },
      },
    })
    if (positionals.length > 0) throw new WrongUsage(rotateKeysCommand.usage)
    return withServices(readConfig(shell.env), async (services, { owner }) => {
      const rotated = await rotateKeys(services, {
        owner,
        tables: sealedTables,
        workspaces: () => listAllWorkspaces(owner),
        dataKeys: values['data-keys'],
        forgetLost: values['forget-lost'],
      })
      const file = services.secrets.keyring.path
      if (rotated.state === 'lost') {
        shell.complain('rotate-keys.lost', { key: rotated.keyId, file, option: '--forget-lost' })
        return 1
      }
      const { keyId: key, resumed, values: count, retired, faults } = rotated
      if (resumed) shell.say('rotate-keys.resumed')
      shell.say('rotate-keys.done', { key, count })
      if (retired.length > 0) shell.say('rotate-keys.retired', { keys: retired.join(', '), file })
      for (const fault of faults) sayFault(shell, fault)
      if (faults.length > 0) shell.complain('rotate-keys.faults', { count: faults.length })
      return faults.length > 0 ? 1 : 0
    })
  },
}
