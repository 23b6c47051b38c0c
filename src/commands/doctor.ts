import { VERSION } from '../app.ts'
import { checkMailServer, checkReach, checkSender } from '../platform/health/doctor-checks.ts'
import { sayFinding, type Finding } from '../platform/health/finding.ts'
import { lookThoroughly } from '../platform/health/look.ts'
import { readConfig } from '../platform/config.ts'
import { t } from '../platform/i18n/index.ts'
import { checkSecrets } from '../platform/health/key-checks.ts'
import { sealedTables } from '../sealed.ts'
import { checkBooks } from '../watching.ts'
import { listAllWorkspaces } from './all-workspaces.ts'
import { withServices } from './services.ts'
import type { Command, Shell } from './shell.ts'

const MARKS = { good: '✓', poor: '!', bad: '✗' } as const

/** `rafid doctor`: looks at everything that can be wrong, and says in words what to do. */
export const doctor: Command = {
  usage: 'rafid doctor',
  async run(shell) {
    shell.print(`Rafid ${VERSION} · Node ${process.versions.node}\n`)
    // Settings that cannot be used end here, with the sentence that names them.
    const config = readConfig(shell.env)
    const found = await withServices(config, async (services, { owner, serverRuns }) => {
      const where = { tables: sealedTables, workspaces: await listAllWorkspaces(owner) }
      return lookThoroughly(services, {
        books: checkBooks,
        secrets: () => checkSecrets(services, where),
        'mail-server': checkMailServer,
        sender: checkSender,
        // Where it is known that nobody serves now, nobody can answer.
        ...(serverRuns || config.databaseUrl !== undefined ? { reach: checkReach } : {}),
      })
    })
    for (const one of found) show(shell, one)
    return conclude(shell, found)
  },
}

function show(shell: Shell, one: Finding): void {
  const said = sayFinding(shell.locale, one)
  shell.print(`${MARKS[one.state]} ${said.name}: ${said.says}`)
  if (said.do !== '') shell.print(`  ${t(shell.locale, `cli.doctor.marks.${one.state}`)} → ${said.do}`)
}

function conclude(shell: Shell, found: readonly Finding[]): 0 | 1 {
  const bad = found.filter(({ state }) => state === 'bad').length
  const poor = found.filter(({ state }) => state === 'poor').length
  shell.print('')
  if (bad > 0) shell.say('doctor.problems', { count: bad })
  else if (poor > 0) shell.say('doctor.remarks', { count: poor })
  else shell.say('doctor.good')
  return bad > 0 ? 1 : 0
}
