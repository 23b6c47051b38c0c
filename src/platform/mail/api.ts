import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { authorise } from '../authorise.ts'
import { createRouter, type Env } from '../http/env.ts'
import { idempotencyHeader, once } from '../http/idempotency.ts'
import { answer, refusals } from '../http/openapi.ts'
import { needs } from '../http/rights.ts'
import { pageOf, pageQuery } from '../http/page.ts'
import { messageStatuses } from './message.ts'
import {
  getMessage,
  listMessages,
  resendMessage,
  type MessageSummary,
  type NoteResend,
} from './read-messages.ts'

const time = z.iso.datetime()

const summarySchema = z
  .object({
    id: z.uuid(),
    kind: z.string().openapi({ example: 'receipt' }),
    locale: z.enum(['ar', 'en']),
    to: z.object({ email: z.string(), name: z.string() }),
    subject: z.string(),
    status: z.enum(messageStatuses).openapi({
      description:
        '`unknown`: handed to the mail server, but its answer was lost; not sent again unless you ask. `no-server`: waits until a mail server is set.',
    }),
    attempts: z.number().int(),
    lastError: z.string().nullable().openapi({ description: "The mail server's own words." }),
    createdAt: time,
    retryAt: time.nullable(),
    sentAt: time.nullable(),
  })
  .openapi('MessageSummary')

/** An e-mail in a list, as the API tells it. */
export type ApiMessageSummary = z.infer<typeof summarySchema>

const messageSchema = summarySchema
  .extend({
    fromName: z.string(),
    replyTo: z.string().nullable(),
    html: z.string(),
    text: z.string(),
    attachments: z.array(z.object({ filename: z.string(), contentType: z.string() })),
    messageId: z.string(),
  })
  .openapi('Message')

/** An e-mail as the API tells it. */
export type ApiMessage = z.infer<typeof messageSchema>

const idParam = z.object({ id: z.uuid() })

const filter = z.object({
  status: z.enum(messageStatuses).optional(),
  relatedKind: z.string().max(40).optional().openapi({ description: 'With `relatedId`: `order`, `refund`.' }),
  relatedId: z.uuid().optional(),
  sort: z.enum(['-made', 'made']).default('-made'),
})

const listRoute = createRoute({
  method: 'get',
  path: '/messages',
  ...needs('messages:read'),
  tags: ['Messages'],
  summary: 'E-mails of the workspace',
  description: 'Newest first unless `sort` says so, with what became of each.',
  request: { query: pageQuery.extend(filter.shape) },
  responses: { 200: answer(pageOf(summarySchema), 'A page of e-mails.') },
})

const getRoute = createRoute({
  method: 'get',
  path: '/messages/{id}',
  ...needs('messages:read'),
  tags: ['Messages'],
  summary: 'One e-mail, as its reader sees it',
  request: { params: idParam },
  responses: { 200: answer(messageSchema, 'The e-mail.'), ...refusals('not-found') },
})

const pageRoute = createRoute({
  method: 'get',
  path: '/messages/{id}/page',
  ...needs('messages:read'),
  tags: ['Messages'],
  summary: 'The HTML of an e-mail as a page',
  description: 'For a frame: without scripts, and its links open outside.',
  request: { params: idParam },
  responses: {
    200: { description: 'The page.', content: { 'text/html': { schema: z.string() } } },
    ...refusals('not-found'),
  },
})

const resendRoute = createRoute({
  method: 'post',
  path: '/messages/{id}/resend',
  ...needs('messages:write'),
  tags: ['Messages'],
  summary: 'Send an e-mail again that failed or of which nothing is known',
  description: 'It may then arrive twice. Any other state is a conflict, so doing it twice sends once.',
  request: { params: idParam, headers: idempotencyHeader.partial() },
  responses: {
    202: { description: 'Queued.' },
    ...refusals('not-found', 'conflict', 'idempotency-key-reuse'),
  },
})

/** The outbox: what was mailed, what became of it, and sending it again, which `note` writes down. */
export function mailApi(note?: NoteResend): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(listRoute, async (c) => {
    const { relatedKind: kind, relatedId: id, ...query } = c.req.valid('query')
    const related = kind === undefined || id === undefined ? undefined : { kind, id }
    const { items, next } = await listMessages(c.get('ctx'), { ...query, related })
    return c.json({ items: items.map(toApi), next }, 200)
  })
  api.openapi(getRoute, async (c) => {
    const message = await getMessage(c.get('ctx'), c.req.valid('param').id)
    const { fromName, replyTo, html, text, messageId } = message
    const attachments = message.attachments.map(({ filename, contentType }) => ({ filename, contentType }))
    return c.json({ ...toApi(message), fromName, replyTo, html, text, messageId, attachments }, 200)
  })
  api.openapi(pageRoute, async (c) => {
    const { html } = await getMessage(c.get('ctx'), c.req.valid('param').id)
    c.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'",
    )
    c.header('cache-control', 'private, no-store')
    return c.html(html.replace('<head>', '<head><base target="_blank" />'), 200)
  })
  api.openapi(resendRoute, async (c) => {
    const ctx = c.get('ctx')
    const { id } = c.req.valid('param')
    const key = c.req.valid('header')['idempotency-key']
    authorise(ctx, 'messages:write')
    if (key === undefined) await resendMessage(ctx, id, note)
    else
      await once(ctx, { scope: `resend/${id}`, key, request: {} }, async (tx) => {
        await resendMessage(tx, id, note)
        return true
      })
    return c.body(null, 202)
  })
  return api
}

function toApi(message: MessageSummary): z.infer<typeof summarySchema> {
  const { id, kind, locale, toEmail, toName, subject, status, attempts, lastError } = message
  return {
    id,
    kind,
    locale,
    subject,
    status,
    attempts,
    lastError,
    to: { email: toEmail, name: toName },
    createdAt: message.createdAt.toISOString(),
    retryAt: message.retryAt?.toISOString() ?? null,
    sentAt: message.sentAt?.toISOString() ?? null,
  }
}
