import type { Ctx } from '../../../platform/ctx.ts'
import { hasMessage, t } from '../../../platform/i18n/index.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { toDecimalString } from '../../../shared/money.ts'
import {
  journalQuery,
  listAccounts,
  pageJournal,
  pageStatement,
  statementQuery,
  type JournalEntry,
  type OpenAccount,
  type StatementLine,
} from '../../ledger/index.ts'
import type { CsvList } from './export-list.ts'

const BATCH = 500

type Line = { entry: JournalEntry; posting: JournalEntry['postings'][number] }

/** The journal as accountants read it: a record for each line of an entry, whose first cells say which entry it is. */
export const journal: CsvList<Line> = {
  right: 'ledger:read',
  columns: [
    'entry',
    'happened',
    'recorded',
    'kind',
    'memo',
    'code',
    'account',
    'debit',
    'credit',
    'currency',
    'stream',
  ],
  read: async (ctx, filter, after) => {
    const page = await pageJournal(ctx, { ...journalQuery.parse(filter), after, limit: BATCH })
    const lines = page.items.flatMap((entry) => entry.postings.map((posting) => ({ entry, posting })))
    return { items: lines, next: page.next }
  },
  cells: ({ entry, posting }, { ctx, time }) => [
    entry.id,
    time(entry.effectiveAt),
    time(entry.recordedAt),
    kindOf(ctx, entry.kind),
    entry.memo,
    posting.account,
    nameOf(ctx, posting),
    ...sides(posting.amountMinor, posting.currency),
    posting.currency,
    posting.stream === null ? '' : `${posting.stream.kind}/${posting.stream.id}`,
  ],
}

/** The statement of an account, debits and credits apart, with the balance on the account's own side. */
export const statement: CsvList<StatementLine & { currency: string }> = {
  right: 'ledger:read',
  columns: ['entry', 'happened', 'recorded', 'kind', 'memo', 'debit', 'credit', 'balance', 'currency'],
  read: async (ctx, filter, after) => {
    const query = statementQuery.parse(filter)
    const page = await pageStatement(ctx, { ...query, after, limit: BATCH })
    return { ...page, items: page.items.map((line) => ({ ...line, currency: query.currency })) }
  },
  cells: (line, { ctx, time }) => [
    line.entryId,
    time(line.effectiveAt),
    time(line.recordedAt),
    kindOf(ctx, line.kind),
    line.memo,
    ...sides(line.amountMinor, line.currency),
    decimal(line.balanceMinor, line.currency),
    line.currency,
  ],
}

/** The open accounts with their balances of now, on the side where each is normal. */
export const accounts: CsvList<OpenAccount> = {
  right: 'ledger:read',
  columns: ['code', 'account', 'type', 'balance', 'currency'],
  read: async (ctx) => ({ items: await listAccounts(ctx), next: null }),
  cells: (account, { ctx }) => [
    account.code,
    nameOf(ctx, account),
    t(ctx.locale, `dashboard.ledger.type.${account.type}`),
    decimal(account.balanceMinor * BigInt(account.sign), account.currency),
    account.currency,
  ],
}

/** Kinds that a program made up are written as they are. */
function kindOf({ locale }: Ctx, kind: string): string {
  const key = `dashboard.ledger.kind.${kind}`
  return hasMessage(locale, key) ? t(locale, key) : kind
}

function nameOf({ locale }: Ctx, { nameAr, nameEn }: { nameAr: string; nameEn: string }): string {
  return locale === 'ar' ? nameAr : nameEn
}

function sides(amountMinor: bigint, currency: string): [string, string] {
  return amountMinor < 0n ? ['', decimal(-amountMinor, currency)] : [decimal(amountMinor, currency), '']
}

function decimal(amountMinor: bigint, currency: string): string {
  // The books hold codes of the list of currencies alone.
  return toDecimalString({ amountMinor, currency: currency as CurrencyCode })
}
