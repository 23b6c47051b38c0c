import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { currencyName, isCurrencyCode, type CurrencyCode } from '../../../shared/currencies.ts'
import {
  moneySettingsQuery,
  purchasingPowerQuery,
  setMoneySettings,
  type Measure,
  type PurchasingPower,
} from '../../api/coverage.ts'
import { useRight } from '../../api/session.ts'
import { monthNames } from '../../text/month-names.ts'
import { usePerson } from '../../text/person.tsx'
import { Chart } from '../../ui/chart.tsx'
import { RadioChoice } from '../../ui/choice-fields.tsx'
import { CurrencyField } from '../../ui/currency-field.tsx'
import { Card } from '../../ui/page.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Empty, Ghost, Notice, ProblemNotice } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { majorOf } from './major.ts'
import { MissingMonths } from './missing-months.tsx'
import { ParallelRates } from './purchasing-power-rates.tsx'
import { PriceSeries } from './purchasing-power-series.tsx'

const MEASURES = ['nominal', 'currency', 'prices', 'gold'] as const

/** Income as it came, in one currency, at constant prices, or in gold; and what all that is reckoned by. */
export function PurchasingPowerScreen(): ReactNode {
  const { t, preferences } = usePerson()
  const mayWrite = useRight('streams:write')
  const [measure, setMeasure] = useState<Measure>('currency')
  const found = useQuery(purchasingPowerQuery({ measure, calendar: preferences.calendar }))
  return (
    <div className="stack loose">
      <p className="muted prose">{t('worth.lead')}</p>
      <div>
        <Segments
          label={t('worth.measure')}
          choices={MEASURES.map((id) => ({ id, label: t(`worth.measures.${id}`) }))}
          value={measure}
          onChange={setMeasure}
        />
      </div>
      {found.error !== null && <ProblemNotice error={found.error} retry={() => void found.refetch()} />}
      {found.isPending ? <Ghost lines={6} /> : found.data !== undefined && <Income worth={found.data} />}
      <Settings />
      {mayWrite && <ParallelRates />}
      <PriceSeries />
    </div>
  )
}

function Income({ worth }: { worth: PurchasingPower }): ReactNode {
  const { t } = usePerson()
  const { series, missing, measure } = worth
  return (
    <>
      <MissingMonths missing={missing} />
      {series.length === 0 && missing.length === 0 && (
        <Empty title={t('worth.empty')}>{t('worth.empty-lead')}</Empty>
      )}
      {series.length === 0 && missing.length > 0 && <Notice>{t(`worth.nothing.${measure}`)}</Notice>}
      {series.map((one) => (
        <Drawn key={one.unit} worth={worth} series={one} />
      ))}
      <Devaluations worth={worth} />
    </>
  )
}

function Drawn({
  worth,
  series: { unit, points },
}: {
  worth: PurchasingPower
  series: PurchasingPower['series'][number]
}): ReactNode {
  const { t, money, number, preferences } = usePerson()
  const months = monthNames(preferences)
  const byMonth = new Map(points.map((point) => [point.month, point]))
  const valuesOf = (which: 'income' | 'net') =>
    worth.months.map((month) => {
      const point = byMonth.get(month)
      return point === undefined ? null : Number(point[which])
    })
  const isMoney = isCurrencyCode(unit)
  const worded = (value: number) =>
    isMoney
      ? money({ amount: String(Math.round(value)), currency: unit })
      : t('worth.grams', { grams: number(value / 1000) })
  const title = titleOf(worth, unit, {
    t,
    name: isMoney ? currencyName(unit, preferences.locale) : '',
    months,
  })
  return (
    <Card title={title}>
      {worth.measure === 'prices' && <p className="hint">{t('worth.prices-hint')}</p>}
      <Chart
        caption={title}
        stepTitle={t('coverage.month')}
        steps={worth.months.map((month) => ({ label: months.long(month), short: months.short(month) }))}
        bars={[{ id: 'income', label: t('worth.income'), values: valuesOf('income') }]}
        lines={[{ id: 'net', label: t('coverage.net'), values: valuesOf('net') }]}
        worded={worded}
        ticked={(value) => (isMoney ? majorOf(value, unit, preferences) : number(value / 1000))}
      />
    </Card>
  )
}

function titleOf(
  { measure, rateKind, baseMonth }: PurchasingPower,
  unit: string,
  words: { t: ReturnType<typeof usePerson>['t']; name: string; months: ReturnType<typeof monthNames> },
): string {
  const { t, name, months } = words
  if (unit === 'mg') return t('worth.titles.gold')
  if (measure === 'nominal') return t('worth.titles.nominal', { currency: name })
  if (measure === 'prices')
    return t('worth.titles.prices', {
      currency: name,
      month: baseMonth === null ? '' : months.long(baseMonth),
    })
  return t(`worth.titles.${rateKind}`, { currency: name })
}

function Devaluations({ worth }: { worth: PurchasingPower }): ReactNode {
  const { t, percent, preferences } = usePerson()
  const { devaluations, currency } = worth
  if (devaluations.length === 0 || currency === null) return null
  const months = monthNames(preferences)
  return (
    <Notice tone="warm" title={t('worth.devaluation')}>
      <ul>
        {devaluations.map(({ month, lost, against }) => (
          <li key={month}>
            {t(against === 'gold' ? 'worth.lost-gold' : 'worth.lost-rate', {
              month: months.long(month),
              currency: currencyName(currency, preferences.locale),
              lost: percent(Math.round(lost * 1000) / 1000),
              against: isCurrencyCode(against) ? currencyName(against, preferences.locale) : '',
            })}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function Settings(): ReactNode {
  const { t } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const mayWrite = useRight('streams:write')
  const { data } = useSuspenseQuery(moneySettingsQuery)
  const saving = useMutation({
    mutationFn: setMoneySettings,
    onSuccess: async () => {
      notify(t('worth.settings-saved'))
      await queries.invalidateQueries({ queryKey: ['streams'] })
    },
  })
  if (!mayWrite) return null
  const fallback: CurrencyCode = data.currency ?? 'SAR'
  return (
    <Card title={t('worth.settings')}>
      <ProblemNotice error={saving.error} />
      <div className="columns">
        <CurrencyField
          label={t('worth.currency')}
          hint={t('worth.currency-hint')}
          value={fallback}
          onChange={(reportingCurrency) => saving.mutate({ reportingCurrency })}
        />
      </div>
      <RadioChoice
        label={t('worth.rate-kind')}
        choices={(['official', 'parallel'] as const).map((id) => ({
          id,
          label: t(`worth.rate-kinds.${id}`),
          hint: t(`worth.rate-kind-hints.${id}`),
        }))}
        value={data.rateKind}
        onChange={(rateKind) => saving.mutate({ rateKind })}
      />
    </Card>
  )
}
