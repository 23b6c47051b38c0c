import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { ApiAccount, ApiBalance, ApiStatementLine } from '../../modules/ledger/api/accounts.ts'
import type { ApiIntegrity, ApiPeriods, ApiRate } from '../../modules/ledger/api/books.ts'
import type { ApiHold } from '../../modules/ledger/api/holds.ts'
import type {
  ApiBalanceSheet,
  ApiIncomeStatement,
  ApiReportLine,
  ApiStreamResult,
  ApiTrialBalance,
} from '../../modules/ledger/api/reports.ts'
import type { chartAccountSchema, entrySchema } from '../../modules/ledger/api/shapes.ts'
import type { ApiMoney } from '../../shared/money.ts'
import { apiUrl, request, requestHeaders, toError, type Page } from './client.ts'

/** An account that can be posted to. */
export type ChartAccount = z.infer<typeof chartAccountSchema>

/** An open account: its balance with debits positive, and on its normal side. */
export type Account = ApiAccount

/** A journal entry with what it has to do with others; the hash is that of its seal. */
export type Entry = z.infer<typeof entrySchema>

/** One line of an entry: debits are positive. */
export type Posting = Entry['postings'][number]

/** One line of a statement, with the balance after it. */
export type StatementLine = ApiStatementLine

/** The chart: every account that can be posted to, opened or not. */
export const chartQuery = queryOptions({
  queryKey: ['ledger', 'chart'],
  queryFn: () => request<{ items: ChartAccount[] }>('GET', '/ledger/chart'),
  staleTime: 300_000,
})

/** The open accounts with their balances of now. */
export const accountsQuery = queryOptions({
  queryKey: ['ledger', 'accounts'],
  queryFn: () => request<{ items: Account[] }>('GET', '/ledger/accounts'),
})

/** The journal, the newest first. */
export function entriesQuery(filter: {
  kind?: string | undefined
  account?: string | undefined
  from?: string | undefined
  to?: string | undefined
  stream?: string | undefined
  sourceKind?: string | undefined
  sourceId?: string | undefined
  sort?: '-recorded' | 'recorded'
  timeZone: string
}) {
  return infiniteQueryOptions({
    queryKey: ['ledger', 'entries', filter],
    queryFn: ({ pageParam }) =>
      request<Page<Entry>>('GET', '/ledger/entries', { query: { ...filter, after: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
}

/** One entry with its story. */
export function entryQuery(id: string) {
  return queryOptions({
    queryKey: ['ledger', 'entry', id],
    queryFn: () => request<Entry>('GET', `/ledger/entries/${id}`),
  })
}

/** The statement of one account, the newest first. */
export function statementQuery(
  { account, currency }: { account: string; currency: string },
  sort: '-recorded' | 'recorded',
) {
  return infiniteQueryOptions({
    queryKey: ['ledger', 'statement', account, currency, sort],
    queryFn: ({ pageParam }) =>
      request<Page<StatementLine>>('GET', `/ledger/accounts/${account}/${currency}/statement`, {
        query: { after: pageParam, sort },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
}

/** Posts an entry that a person wrote. */
export function postEntry(entry: unknown, idempotencyKey: string): Promise<Entry> {
  return request('POST', '/ledger/entries', { body: entry, idempotencyKey })
}

/** Reverses all that is left of an entry, or these amounts of its lines. */
export function reverseEntry(
  id: string,
  wish: { memo: string; lines?: { line: number; amount: ApiMoney }[] },
  idempotencyKey: string,
): Promise<Entry> {
  return request('POST', `/ledger/entries/${id}/reversals`, { body: wish, idempotencyKey })
}

/** An amount set aside. */
export type Hold = ApiHold

/** What is set aside on an account and still pending, the newest first. */
export function holdsQuery(account: string, currency: string) {
  return infiniteQueryOptions({
    queryKey: ['ledger', 'holds', account, currency],
    queryFn: ({ pageParam }) =>
      request<Page<Hold>>('GET', '/ledger/holds', {
        query: { account, currency, open: 'true', after: pageParam },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
}

/** Posts a hold, or so much of it; `final` voids the rest. */
export function postHold(
  id: string,
  wish: { amount: ApiMoney; final: boolean; memo: string },
  idempotencyKey: string,
): Promise<Entry> {
  return request('POST', `/ledger/holds/${id}/postings`, { body: wish, idempotencyKey })
}

/** Frees what is pending of a hold. */
export function voidHold(id: string): Promise<Hold> {
  return request('POST', `/ledger/holds/${id}/void`)
}

/** Posts an exchange of one currency for another. */
export function exchange(wish: unknown, idempotencyKey: string): Promise<Entry> {
  return request('POST', '/ledger/exchanges', { body: wish, idempotencyKey })
}

/** An account in a report, its amount on its normal side; `contrary` ones lessen their group. */
export type ReportLine = ApiReportLine

/** What every account stands at, on its debit or credit side. */
export type TrialBalance = ApiTrialBalance

/** Income and expenses of a period, and what is left. */
export type IncomeStatement = ApiIncomeStatement

/** What is owned, owed and left at the end of a day. */
export type BalanceSheet = ApiBalanceSheet

/** Days, both counted, and the currency to report in. */
export type ReportQuery = {
  from?: string | undefined
  to?: string | undefined
  timeZone: string
  currency?: string | undefined
}

/** What every account stands at. */
export function trialBalanceQuery(query: ReportQuery) {
  return queryOptions({
    queryKey: ['ledger', 'trial-balance', query],
    queryFn: () => request<TrialBalance>('GET', '/ledger/reports/trial-balance', { query }),
  })
}

/** What came in and what it cost. */
export function incomeStatementQuery(query: ReportQuery) {
  return queryOptions({
    queryKey: ['ledger', 'income-statement', query],
    queryFn: () => request<IncomeStatement>('GET', '/ledger/reports/income-statement', { query }),
  })
}

/** What is owned, owed and left. */
export function balanceSheetQuery(query: ReportQuery) {
  return queryOptions({
    queryKey: ['ledger', 'balance-sheet', query],
    queryFn: () => request<BalanceSheet>('GET', '/ledger/reports/balance-sheet', { query }),
  })
}

/** From which day on the books are open; null while none was closed. */
export type Periods = ApiPeriods

/** From when on the books are open. */
export const periodsQuery = queryOptions({
  queryKey: ['ledger', 'periods'],
  queryFn: () => request<Periods>('GET', '/ledger/periods'),
})

/** Closes all up to the end of a day. */
export function closePeriod(input: { through: string; timeZone: string; memo: string }): Promise<Periods> {
  return request('POST', '/ledger/periods/close', { body: input })
}

/** How far the books are proven, and what was found wrong. */
export type Integrity = ApiIntegrity

/** How far the books are proven. */
export const integrityQuery = queryOptions({
  queryKey: ['ledger', 'integrity'],
  queryFn: () => request<Integrity>('GET', '/ledger/integrity'),
})

/** What one stream earned and cost; without a stream, what belongs to none. */
export type StreamResult = ApiStreamResult

/** What each stream earned and cost, the greatest result first. */
export function streamsQuery(query: ReportQuery) {
  return queryOptions({
    queryKey: ['ledger', 'streams', query],
    queryFn: () => request<{ items: StreamResult[] }>('GET', '/ledger/reports/streams', { query }),
  })
}

/** The balance of an account at the end of a day: as it had happened, or as it was recorded by then. */
export function balanceQuery(
  account: string,
  currency: string,
  query: { effectiveAt?: string; recordedAt?: string; timeZone: string },
) {
  return queryOptions({
    queryKey: ['ledger', 'balance', account, currency, query],
    queryFn: () => request<ApiBalance>('GET', `/ledger/accounts/${account}/${currency}`, { query }),
  })
}

/** Adds an account to the chart. */
export function addAccount(account: {
  code: string
  name: { ar: string; en: string }
  contrary: boolean
}): Promise<ChartAccount> {
  return request('POST', '/ledger/chart', { body: account })
}

/** What one unit of a currency was worth in another on a day. */
export type Rate = ApiRate

/** Exchange rates, the latest first. */
export const ratesQuery = infiniteQueryOptions({
  queryKey: ['ledger', 'rates'],
  queryFn: ({ pageParam }) => request<Page<Rate>>('GET', '/ledger/rates', { query: { after: pageParam } }),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
})

/** Enters a rate, or corrects that of the same pair and day. */
export function enterRate(rate: Omit<Rate, 'source'>): Promise<{ count: number }> {
  return request('POST', '/ledger/rates', { body: { rates: [rate] } })
}

/** Imports the European Central Bank’s file. */
export function importEcbRates(file: File): Promise<{ count: number }> {
  return sendFile('/ledger/rates/ecb', 'text/csv', file)
}

/** Brings in books that were exported as JSON Lines. */
export function importBooks(file: File): Promise<{ entries: number; holds: number; rates: number }> {
  return sendFile('/ledger/import', 'application/x-ndjson', file)
}

async function sendFile<Answer>(path: string, type: string, body: File): Promise<Answer> {
  const headers = { ...requestHeaders(), 'content-type': type }
  const response = await fetch(apiUrl(path), { method: 'POST', headers, body })
  if (!response.ok) throw await toError(response)
  // The server makes its answers from the schema whose type the caller names.
  return (await response.json()) as Answer
}
