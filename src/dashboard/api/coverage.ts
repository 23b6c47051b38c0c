import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type {
  ApiAlarms,
  ApiConcentration,
  ApiDimension,
  ApiLimits,
} from '../../modules/streams/concentration-schema.ts'
import type { ApiCoverage, LivingCosts, SetLivingCosts } from '../../modules/streams/coverage-schema.ts'
import type {
  ApiParallelRate,
  Measure,
  MoneySettings,
  PurchasingPower,
  SeriesEntry,
  SeriesKey,
  SeriesKind,
  SetMoneySettings,
} from '../../modules/streams/purchasing-power-schema.ts'
import type { CurrencyCode } from '../../shared/currencies.ts'
import type { Calendar } from '../../shared/dates.ts'
import type { Locale } from '../../shared/locale.ts'
import { apiUrl, request, requestHeaders, toError, type Page } from './client.ts'

export type {
  ApiConcentration as Concentration,
  ApiCoverage as Coverage,
  ApiDimension as Dimension,
  ApiParallelRate as ParallelRate,
  LivingCosts,
  Measure,
  PurchasingPower,
  SeriesKey,
  SeriesKind,
}

/** What life costs now, or in a month. */
export function livingCostsQuery(month?: string) {
  return queryOptions({
    queryKey: ['streams', 'living-costs', month ?? 'now'],
    queryFn: () => request<LivingCosts>('GET', '/living-costs', { query: { month } }),
  })
}

/** Replaces what life costs from a month on. */
export function setLivingCosts(input: SetLivingCosts): Promise<LivingCosts> {
  return request('PUT', '/living-costs', { body: input })
}

/** How much of it the streams cover, by the months of a calendar. */
export function coverageIn(calendar: Calendar) {
  return queryOptions({
    queryKey: ['streams', 'coverage', calendar],
    queryFn: () => request<ApiCoverage>('GET', '/coverage', { query: { calendar } }),
  })
}

/** The same by Gregorian months, as plans are. */
export const coverageQuery = coverageIn('gregorian')

/** How the reader reads: names and sentences come from the server. */
type Reader = { readonly locale: Locale; readonly calendar: Calendar }

/** How far income hangs on few things. */
export function concentrationQuery({ locale, calendar }: Reader) {
  return queryOptions({
    queryKey: ['streams', 'concentration', locale, calendar],
    queryFn: () => request<ApiConcentration>('GET', '/concentration', { query: { calendar } }),
  })
}

/** What of it is over a limit, in words. */
export function alarmsQuery({ locale, calendar }: Reader) {
  return queryOptions({
    queryKey: ['streams', 'concentration', 'alarms', locale, calendar],
    queryFn: () => request<ApiAlarms>('GET', '/concentration/alarms', { query: { calendar } }),
  })
}

/** Has the owners told of it by mail, or not. */
export function setAlarmMails(on: boolean): Promise<{ on: boolean }> {
  return request('PUT', '/concentration/mails', { body: { on } })
}

/** Sets from where on that is told. */
export function setLimits(limits: readonly ApiLimits[]): Promise<{ limits: ApiLimits[] }> {
  return request('PUT', '/concentration/limits', { body: { limits } })
}

/** Income by month in one of the measures. */
export function purchasingPowerQuery(wish: { measure: Measure; calendar: 'gregorian' | 'hijri' }) {
  return queryOptions({
    queryKey: ['streams', 'purchasing-power', wish],
    queryFn: () => request<PurchasingPower>('GET', '/purchasing-power', { query: wish }),
  })
}

/** Which currency and which rates count. */
export const moneySettingsQuery = queryOptions({
  queryKey: ['streams', 'money-settings'],
  queryFn: () => request<MoneySettings>('GET', '/purchasing-power/settings'),
})

/** Chooses the currency and the rates that count. */
export function setMoneySettings(change: SetMoneySettings): Promise<MoneySettings> {
  return request('PATCH', '/purchasing-power/settings', { body: change })
}

/** Parallel rates, the latest first. */
export const parallelRatesQuery = infiniteQueryOptions({
  queryKey: ['streams', 'parallel-rates'],
  queryFn: ({ pageParam }) =>
    request<Page<ApiParallelRate>>('GET', '/purchasing-power/parallel-rates', {
      query: { after: pageParam },
    }),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
})

/** Enters a parallel rate, or corrects that of its day. */
export function enterParallelRate(rate: ApiParallelRate): Promise<{ count: number }> {
  return request('POST', '/purchasing-power/parallel-rates', { body: { rates: [rate] } })
}

/** Removes a parallel rate. */
export function removeParallelRate({ currency, anchor, day }: ApiParallelRate): Promise<void> {
  return request('DELETE', `/purchasing-power/parallel-rates/${currency}/${anchor}/${day}`)
}

/** Which series of prices there are. */
export const seriesKeysQuery = queryOptions({
  queryKey: ['streams', 'series'],
  queryFn: () =>
    request<{ items: (SeriesKey & { from: string; to: string; months: number })[] }>(
      'GET',
      '/purchasing-power/series',
    ),
})

/** The months of a series. */
export function seriesQuery({ kind, currency }: SeriesKey) {
  return queryOptions({
    queryKey: ['streams', 'series', kind, currency],
    queryFn: () => request<{ items: SeriesEntry[] }>('GET', `/purchasing-power/series/${kind}/${currency}`),
  })
}

/** Removes a month of a series. */
export function removeSeriesMonth({ kind, currency }: SeriesKey, month: string): Promise<void> {
  return request('DELETE', `/purchasing-power/series/${kind}/${currency}/${month}`)
}

/** Enters a series as it was pasted. */
export async function pasteSeries(
  { kind, currency }: { kind: SeriesKind; currency: CurrencyCode },
  text: string,
): Promise<{ count: number }> {
  const response = await fetch(apiUrl(`/purchasing-power/series/${kind}/${currency}/import`), {
    method: 'POST',
    headers: { ...requestHeaders(), 'content-type': 'text/csv' },
    body: text,
  })
  if (!response.ok) throw await toError(response)
  // The server makes its answers from the schema whose type is named here.
  return (await response.json()) as { count: number }
}
