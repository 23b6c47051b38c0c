import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { authorise } from '../authorise.ts'
import type { Ctx } from '../ctx.ts'
import { NotFound } from '../errors.ts'
import { createRouter, type Env } from '../http/env.ts'
import { answer, refusals } from '../http/openapi.ts'
import { needs } from '../http/rights.ts'
import { sayFinding } from './finding.ts'
import { lookThoroughly, type Check } from './look.ts'
import { readBackupNotes } from './service-checks.ts'

const time = z.iso.datetime()

const findingSchema = z
  .object({
    check: z.string().openapi({ example: 'disk' }),
    state: z
      .enum(['good', 'poor', 'bad'])
      .openapi({ description: '`poor` deserves a look, `bad` does not work.' }),
    name: z.string(),
    says: z.string().openapi({ description: 'What was found, in the reader’s language.' }),
    do: z.string().openapi({ description: 'What to do about it; empty if nothing.' }),
  })
  .openapi('StatusFinding')

const statusSchema = z
  .object({
    findings: z.array(findingSchema),
    backup: z
      .object({
        finishedAt: time,
        place: z.string(),
        rows: z.number(),
        files: z.number(),
        bytes: z.number(),
        secrets: z.boolean(),
      })
      .nullable()
      .openapi({ description: 'The latest backup that ended well.' }),
    /** Whether backups are made by themselves, and how often. */
    backupEveryHours: z.number().nullable(),
    version: z.string(),
  })
  .openapi('Status')

/** How the server is, as the API tells it. */
export type ApiStatus = z.infer<typeof statusSchema>

const statusRoute = createRoute({
  method: 'get',
  path: '/status',
  ...needs('store:write'),
  tags: ['Server'],
  summary: 'How the server is',
  description:
    'What was found of database, disk, storage, mail, background work, books and backups, in words. For the workspace that the server was set up with; others get 404.',
  responses: { 200: answer(statusSchema, 'What was found.'), ...refusals('not-found') },
})

const BELIEVED_MS = 5_000

/** The status page's source; `more` are checks that the program's parts bring. */
export function statusApi(more: Readonly<Record<string, Check>>, version: string): OpenAPIHono<Env> {
  const api = createRouter()
  let latest: { since: number; found: ReturnType<typeof lookThoroughly> } | undefined
  api.openapi(statusRoute, async (c) => {
    const ctx = c.get('ctx')
    await requireOperator(ctx)
    const now = performance.now()
    if (latest === undefined || now - latest.since > BELIEVED_MS)
      latest = { since: now, found: lookThoroughly(ctx, more) }
    const found = await latest.found
    const { good } = await readBackupNotes(ctx)
    const { rows = 0, files = 0, bytes = 0, secrets = false, place = '', finishedAt } = good ?? {}
    return c.json(
      {
        findings: found.map((one) => sayFinding(ctx.locale, one)),
        backup:
          finishedAt === undefined || finishedAt === null
            ? null
            : { finishedAt, place, rows, files, bytes, secrets },
        backupEveryHours: ctx.config.backup?.everyHours ?? null,
        version,
      },
      200,
    )
  })
  return api
}

/** Paths and reasons are the operator's: of the workspace that the installation began with. */
async function requireOperator(ctx: Ctx): Promise<void> {
  authorise(ctx, 'store:write')
  const { rows } = await ctx.database.pool.query<{ first: string }>(
    'SELECT workspace_id AS first FROM store_directory ORDER BY workspace_id LIMIT 1',
  )
  if (rows[0]?.first !== ctx.workspaceId) throw new NotFound()
}
