import { parseArgs } from 'node:util'
import { sql } from 'drizzle-orm'
import { createToken, listStoreDirectory } from '../modules/workspaces/index.ts'
import { RIGHTS, type Right } from '../platform/authorise.ts'
import { readConfig } from '../platform/config.ts'
import { systemCtx, type Ctx, type Services } from '../platform/ctx.ts'
import { rows, transaction } from '../platform/database/transaction.ts'
import { withServices } from './services.ts'
import { WrongUsage, type Command } from './shell.ts'

const MOST_WORKSPACES = 100_000
const DAY_MS = 86_400_000

/** `rafid token NAME`: a token for programs, for whoever has the server itself and no way into the dashboard. */
export const token: Command = {
  usage: 'rafid token NAME [--store SLUG] [--rights RIGHT,RIGHT] [--days DAYS]',
  async run(shell, args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { store: { type: 'string' }, rights: { type: 'string' }, days: { type: 'string' } },
    })
    const [name, ...more] = positionals
    const days = values.days === undefined ? undefined : Number(values.days)
    if (name === undefined || more.length > 0 || (days !== undefined && !(days > 0)))
      throw new WrongUsage(token.usage)
    const rights = readRights(values.rights)
    if (rights === undefined) {
      shell.complain('token.rights', { rights: RIGHTS.join(', ') })
      return 2
    }
    return withServices(readConfig(shell.env), async (services) => {
      const stores = await listStoreDirectory(systemCtx(services), MOST_WORKSPACES)
      const store =
        values.store === undefined && stores.length === 1
          ? stores[0]
          : stores.find(({ slug }) => slug === values.store)
      if (store === undefined) {
        shell.complain('token.store', {
          option: '--store',
          stores: stores.map(({ slug }) => slug).join(', ') || '–',
        })
        return 1
      }
      const ctx = await asOwner(services, store.workspaceId)
      const expiresAt =
        days === undefined
          ? {}
          : { expiresAt: new Date(services.clock.now().getTime() + days * DAY_MS).toISOString() }
      const made = await createToken(ctx, { name, rights: [...rights], ...expiresAt })
      shell.print(made.token)
      return 0
    })
  },
}

function readRights(list: string | undefined): readonly Right[] | undefined {
  if (list === undefined) return RIGHTS
  const rights = list.split(',').map((word) => RIGHTS.find((right) => right === word.trim()))
  return rights.every((right) => right !== undefined) ? rights : undefined
}

async function asOwner(services: Services, workspaceId: string): Promise<Ctx> {
  const ctx = systemCtx(services, workspaceId)
  const [owner] = await transaction(ctx, (tx) =>
    rows<{ userId: string }>(
      tx,
      sql`SELECT user_id AS "userId" FROM members WHERE workspace_id = ${workspaceId} AND role = 'owner'
          ORDER BY joined_at LIMIT 1`,
    ),
  )
  if (owner === undefined) throw new Error('the workspace has no owner')
  // Whoever has the server has proven more than any password could.
  const session = { id: services.ids.next(), openedAt: services.clock.now() }
  return { ...ctx, session, actor: { kind: 'member', userId: owner.userId, role: 'owner' } }
}
