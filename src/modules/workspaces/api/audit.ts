import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { stream } from 'hono/streaming'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, refusals } from '../../../platform/http/openapi.ts'
import { needs } from '../../../platform/http/rights.ts'
import { LOG_FORMATS, startExport } from '../operations/export-log.ts'
import { verifyLog } from '../operations/verify-log.ts'
import { auditProofSchema } from '../audit/schema.ts'

const tags = ['Audit log']

const proofRoute = createRoute({
  method: 'post',
  path: '/audit-events/verify',
  ...needs('audit:read'),
  tags,
  summary: 'Prove the log',
  description:
    'Goes along the whole chain and names every event that was changed, is missing, or stands beside the chain. Keep `head` elsewhere if you like: a later answer with the same number and another hash would be a forgery.',
  responses: { 200: answer(auditProofSchema, 'What was proven, and what is wrong.') },
})

const exportRoute = createRoute({
  method: 'post',
  path: '/audit-events/export/{format}',
  ...needs('audit:read'),
  tags,
  summary: 'Take the log away',
  description:
    'The whole log, oldest first, streamed as CSV or as JSON Lines. In JSON Lines, `hash` is the SHA-256 of the line before’s `hash`, a line feed and `event` as it stands there (the first stands on 64 zeros), so that the chain can be proven without this server. It is a POST because taking the log away is itself logged. People must have proven who they are a few minutes ago.',
  request: { params: z.object({ format: z.enum(['csv', 'jsonl']) }) },
  responses: {
    200: {
      description: 'The file.',
      content: Object.fromEntries(
        Object.values(LOG_FORMATS).map(({ contentType }) => [contentType, { schema: z.string() }]),
      ),
    },
    ...refusals('fresh-authentication-required'),
  },
})

/** Proving the audit log and taking it away; reading it is in people.ts. */
export function auditApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(proofRoute, async (c) => {
    const { events, head, faults } = await verifyLog(c.get('ctx'))
    return c.json({ events: Number(events), head, faults }, 200)
  })
  api.openapi(exportRoute, async (c) => {
    const { format } = c.req.valid('param')
    const write = await startExport(c.get('ctx'), format)
    const { contentType, extension } = LOG_FORMATS[format]
    c.header('content-type', contentType)
    c.header('content-disposition', `attachment; filename="rafid-audit-log.${extension}"`)
    return stream(c, (out) => write(async (text) => void (await out.write(text))))
  })
  return api
}
