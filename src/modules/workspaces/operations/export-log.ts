import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { canonical, type KeptLink } from '../rules/audit-chain.ts'
import { audit } from './audit.ts'
import { readLinks } from './read-chain.ts'
import { requireFresh } from './require-fresh.ts'
import { sealLog } from './seal-log.ts'

const BATCH = 1_000

/** What the log can be taken away as. */
export const LOG_FORMATS = {
  csv: { contentType: 'text/csv; charset=utf-8', extension: 'csv', head: csvHead, line: csvLine },
  jsonl: { contentType: 'application/x-ndjson', extension: 'jsonl', head: () => '', line: jsonLine },
} as const

/** A format of LOG_FORMATS. */
export type LogFormat = keyof typeof LOG_FORMATS

/** Takes one piece of the export; the next is made when it resolves. */
export type Sink = (text: string) => Promise<void>

/**
 * Writes the whole log, oldest first, a thousand events at a time: memory and transactions stay small whatever its size.
 * That it was taken away is itself logged, and is its last line.
 * @throws FreshAuthenticationRequired before anything is written
 */
export async function startExport(ctx: Ctx, format: LogFormat): Promise<(sink: Sink) => Promise<void>> {
  authorise(ctx, 'audit:read')
  requireFresh(ctx)
  await transaction(ctx, (tx) =>
    audit(tx, {
      action: 'audit.export',
      subjectKind: 'workspace',
      subjectId: tx.workspaceId,
      after: { format },
    }),
  )
  await sealLog(ctx)
  return (sink) => writeAll(ctx, format, sink)
}

async function writeAll(ctx: Ctx, format: LogFormat, sink: Sink): Promise<void> {
  const { head, line } = LOG_FORMATS[format]
  await sink(head())
  for (let after = 0n; ;) {
    const links = await transaction(ctx, (tx) => readLinks(tx, { after, limit: BATCH }))
    if (links.length > 0) await sink(links.map(line).join(''))
    after = links.at(-1)?.number ?? after
    if (links.length < BATCH) return
  }
}

/** `{"number":1,"hash":"…","event":{…}}`: the event is written exactly as it was hashed. */
function jsonLine({ number, hash, eventId, event }: KeptLink): string {
  const text = event === null ? `{"id":${JSON.stringify(eventId)},"missing":true}` : canonical(event)
  return `{"number":${number},"hash":${JSON.stringify(hash)},"event":${text}}\n`
}

const COLUMNS = [
  'number',
  'id',
  'at',
  'actor_kind',
  'actor_id',
  'user_id',
  'action',
  'subject_kind',
  'subject_id',
  'before',
  'after',
  'ip',
  'request_id',
  'hash',
]

function csvHead(): string {
  return `${COLUMNS.join(',')}\r\n`
}

/** As RFC 4180 has it. Texts that a spreadsheet would take for a formula are led by an apostrophe. */
function csvLine({ number, hash, eventId, event }: KeptLink): string {
  const of = [
    event?.at,
    event?.actorKind,
    event?.actorId,
    event?.userId,
    event?.action,
    event?.subjectKind,
    event?.subjectId,
    detail(event?.before),
    detail(event?.after),
    event?.ip,
    event?.requestId,
  ]
  return `${[`${number}`, eventId, ...of, hash].map(cell).join(',')}\r\n`
}

function detail(value: unknown): string {
  return value === null || value === undefined ? '' : JSON.stringify(value)
}

function cell(value: string | null | undefined): string {
  const text = value ?? ''
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
