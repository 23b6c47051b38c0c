import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { statement } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { decodeIdCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import type { Endpoint } from '../schema.ts'
import { describeEndpoint } from './describe-endpoint.ts'
import { ENDPOINT_COLUMNS, type EndpointRow } from './lock-endpoint.ts'

/** The workspace's endpoints, oldest first. */
export async function listEndpoints(
  ctx: Ctx,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<Page<Endpoint>> {
  authorise(ctx, 'webhooks:read')
  const last = after === undefined ? sql`` : sql`AND id > ${decodeIdCursor(after)}`
  const found = await statement<EndpointRow>(
    ctx,
    sql`SELECT ${ENDPOINT_COLUMNS} FROM webhook_endpoints
        WHERE workspace_id = ${ctx.workspaceId} AND deleted_at IS NULL ${last} ORDER BY id LIMIT ${limit + 1}`,
  )
  const now = ctx.clock.now()
  return toPage(
    found.map((row) => describeEndpoint(row, now)),
    limit,
    ({ id }) => encodeCursor([id]),
  )
}

/** One endpoint. @throws NotFound */
export async function getEndpoint(ctx: Ctx, id: string): Promise<Endpoint> {
  authorise(ctx, 'webhooks:read')
  const [row] = await statement<EndpointRow>(
    ctx,
    sql`SELECT ${ENDPOINT_COLUMNS} FROM webhook_endpoints
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${id} AND deleted_at IS NULL`,
  )
  if (row === undefined) throw new NotFound()
  return describeEndpoint(row, ctx.clock.now())
}
