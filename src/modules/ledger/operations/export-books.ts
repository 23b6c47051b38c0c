import { sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { exportFormats, type ExportFormatName } from '../exports/index.ts'
import { inPostingOrder, type ExportedAccount, type ExportedEntry } from '../exports/exported-books.ts'
import { toLine } from '../exports/json-lines.ts'
import { version } from './chapters.ts'

const FETCH = sql.raw('FETCH 2000 FROM ledger_export')

type Row = Omit<ExportedEntry, 'actor' | 'source' | 'relation' | 'postings'> & {
  actorKind: string | null
  actorId: string | null
  sourceKind: string
  sourceId: string | null
  relation: 'reverses' | 'posts' | null
  target: string | null
  line: number
  account: string
  currency: CurrencyCode
  amountMinor: bigint
  version: bigint
  streamKind: string | null
  streamId: string | null
}

/** Takes one piece of the export; the next is made when it resolves. */
export type Sink = (text: string) => Promise<void>

/**
 * Writes the whole books, as they are at one moment, piece by piece: entries by the time they were recorded, each account's
 * in the order of its versions. Memory stays small whatever the size. Waits for the sink inside the transaction.
 */
export async function exportBooks(ctx: Ctx, name: ExportFormatName, sink: Sink): Promise<void> {
  authorise(ctx, 'ledger:read')
  const format = exportFormats[name]
  await transaction(ctx, async (tx) => {
    // The cursor's snapshot is taken first: all accounts that its entries name are then there to be listed.
    await rows(tx, declare(tx.workspaceId))
    await sink(format.head(await readAccounts(tx)))
    for await (const entries of moments(tx)) {
      await sink(
        inPostingOrder(entries)
          .map((entry) => format.entry(entry))
          .join(''),
      )
    }
    if (name === 'jsonl') for (const line of await readRest(tx)) await sink(line)
    await rows(tx, sql.raw('CLOSE ledger_export'))
  })
}

function declare(workspaceId: string): SQL {
  return sql`DECLARE ledger_export NO SCROLL CURSOR FOR
    SELECT e.id, e.key, e.kind, ${iso('e.effective_at')} AS "effectiveAt", ${iso('e.recorded_at')} AS "recordedAt",
      e.memo, b.kind AS "actorKind", b.id AS "actorId", e.source_kind AS "sourceKind", e.source_id AS "sourceId",
      x.kind AS relation, x.target_id AS target, p.line, a.code AS account, a.currency, p.amount AS "amountMinor", ${version} AS version,
      s.kind AS "streamKind", s.id AS "streamId"
    FROM ledger_entries e
    JOIN ledger_postings p ON p.workspace_id = e.workspace_id AND p.entry_id = e.id
    JOIN ledger_accounts a ON a.workspace_id = e.workspace_id AND a.number = p.account
    LEFT JOIN ledger_dimensions b ON b.workspace_id = e.workspace_id AND b.number = e.actor
    LEFT JOIN ledger_dimensions s ON s.workspace_id = e.workspace_id AND s.number = p.stream
    LEFT JOIN ledger_relations x ON x.workspace_id = e.workspace_id AND x.entry_id = e.id
    WHERE e.workspace_id = ${sql.raw(`'${workspaceId}'`)}
    ORDER BY e.recorded_at, e.id, p.line`
}

function iso(column: string): SQL {
  return sql.raw(`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`)
}

/** The entries of one recorded moment at a time. */
async function* moments(ctx: TxCtx): AsyncGenerator<ExportedEntry[]> {
  let moment: ExportedEntry[] = []
  for await (const entry of entriesOf(ctx)) {
    if (moment[0] !== undefined && moment[0].recordedAt !== entry.recordedAt) {
      yield moment
      moment = []
    }
    moment.push(entry)
  }
  if (moment.length > 0) yield moment
}

async function* entriesOf(ctx: TxCtx): AsyncGenerator<ExportedEntry> {
  let open: Row[] = []
  for (;;) {
    const batch = await rows<Row>(ctx, FETCH)
    for (const row of batch) {
      if (open[0] !== undefined && open[0].id !== row.id) {
        yield toEntry(open[0], open)
        open = []
      }
      open.push(row)
    }
    if (batch.length === 0) break
  }
  if (open[0] !== undefined) yield toEntry(open[0], open)
}

function toEntry(first: Row, lines: readonly Row[]): ExportedEntry {
  const { id, key, kind, effectiveAt, recordedAt, memo, sourceKind, sourceId, relation, target } = first
  return {
    id,
    key,
    kind,
    effectiveAt,
    recordedAt,
    actor: { kind: first.actorKind ?? 'unknown', id: first.actorId ?? '' },
    source: sourceKind === '' || sourceId === null ? null : { kind: sourceKind, id: sourceId },
    memo,
    relation: relation === null || target === null ? null : { kind: relation, target },
    postings: lines.map(({ line, account, currency, amountMinor, version, streamKind, streamId }) => ({
      line,
      account,
      currency,
      amountMinor,
      version,
      stream: streamKind === null ? null : { kind: streamKind, id: streamId ?? '' },
    })),
  }
}

async function readAccounts(ctx: TxCtx): Promise<ExportedAccount[]> {
  return rows<ExportedAccount>(
    ctx,
    sql`SELECT c.code, c.type, c.name_ar AS "nameAr", c.name_en AS "nameEn", c.sign, c.floor,
          coalesce((SELECT array_agg(a.currency ORDER BY a.currency) FROM ledger_accounts a
            WHERE a.workspace_id = c.workspace_id AND a.code = c.code), '{}') AS currencies
        FROM ledger_chart c WHERE c.workspace_id = ${ctx.workspaceId} ORDER BY c.code COLLATE "C"`,
  )
}

/** What no other program reads, but import needs: holds, rates, closings. */
async function readRest(ctx: TxCtx): Promise<string[]> {
  const ws = ctx.workspaceId
  const holds = await rows<object>(
    ctx,
    sql`SELECT h.id, h.key, d.code AS debit, c.code AS credit, d.currency, h.amount, h.posted, h.voided, h.expired,
          s.kind AS "streamKind", s.id AS "streamId", h.kind, h.source_kind AS "sourceKind", h.source_id AS "sourceId",
          h.memo, h.recorded_at AS "recordedAt", h.expires_at AS "expiresAt", h.resolved_at AS "resolvedAt"
        FROM ledger_holds h
        JOIN ledger_accounts d ON d.workspace_id = ${ws} AND d.number = h.debit_account
        JOIN ledger_accounts c ON c.workspace_id = ${ws} AND c.number = h.credit_account
        LEFT JOIN ledger_dimensions s ON s.workspace_id = ${ws} AND s.number = h.stream
        WHERE h.workspace_id = ${ws} ORDER BY h.id`,
  )
  const rates = await rows<object>(
    ctx,
    sql`SELECT base, quote, day::text, numerator, denominator, source FROM ledger_rates
        WHERE workspace_id = ${ws} ORDER BY base, quote, day`,
  )
  const closings = await rows<object>(
    ctx,
    sql`SELECT through, memo FROM ledger_closings WHERE workspace_id = ${ws} ORDER BY through`,
  )
  return [
    ...holds.map((hold) => toLine({ ...hold, type: 'hold' })),
    ...rates.map((rate) => toLine({ ...rate, type: 'rate' })),
    ...closings.map((closing) => toLine({ ...closing, type: 'closing' })),
  ]
}
