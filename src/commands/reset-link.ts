import { parseArgs } from 'node:util'
import { letBackIn } from '../modules/workspaces/index.ts'
import { readConfig } from '../platform/config.ts'
import { systemCtx } from '../platform/ctx.ts'
import { withServices } from './services.ts'
import { WrongUsage, type Command } from './shell.ts'

/** `rafid reset-link EMAIL`: a link to a new password, for people whom no mail reaches. */
export const resetLink: Command = {
  usage: 'rafid reset-link EMAIL [--without-second-factor]',
  async run(shell, args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { 'without-second-factor': { type: 'boolean', default: false } },
    })
    const [email, ...more] = positionals
    if (email === undefined || more.length > 0) throw new WrongUsage(resetLink.usage)
    return withServices(readConfig(shell.env), async (services) => {
      const link = await letBackIn(systemCtx(services), {
        email: email.trim().toLowerCase(),
        withoutSecondFactor: values['without-second-factor'],
      })
      if (link === undefined) {
        shell.complain('reset-link.unknown', { email })
        return 1
      }
      shell.print(link)
      return 0
    })
  },
}
