import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Store } from '../../api/catalog.ts'
import { incomeQuery, type Income } from '../../api/checkout.ts'
import { currencyCodes, type CurrencyCode } from '../../../shared/currencies.ts'
import { usePerson } from '../../text/person.tsx'
import { Chart } from '../../ui/chart.tsx'
import { Card } from '../../ui/page.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Badge, Ghost, ProblemNotice } from '../../ui/show.tsx'
import { changeOf, sumOf } from './income.ts'

const spans = ['7', '30', '90'] as const

/** What came in, day by day, beside as many days before. Period and currency stand in the address. */
export function IncomeCard({ store }: { store: Store }): ReactNode {
  const { t } = usePerson()
  const search = useSearch({ from: '/inside/' })
  const navigate = useNavigate({ from: '/' })
  const span = spans.find((known) => known === search.days) ?? '30'
  const currency =
    currencyCodes.find((code) => code === search.currency && store.currencies.includes(code)) ??
    store.currencies[0] ??
    'SAR'
  const found = useQuery(incomeQuery({ days: Number(span), currency }))
  const go = (change: { days?: string; currency?: CurrencyCode }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false })
  return (
    <Card
      title={t('overview.income')}
      actions={
        <>
          {store.currencies.length > 1 && (
            <Segments
              label={t('overview.currency')}
              choices={store.currencies.map((id) => ({ id, label: id }))}
              value={currency}
              onChange={(id) => go({ currency: id })}
            />
          )}
          <Segments
            label={t('overview.period')}
            choices={spans.map((id) => ({ id, label: t('overview.days', { count: Number(id) }) }))}
            value={span}
            onChange={(id) => go({ days: id })}
          />
        </>
      }
    >
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {found.data === undefined ? found.isPending && <Ghost lines={6} /> : <Figures of={found.data} />}
    </Card>
  )
}

function Figures({ of: { days, before, currency } }: { of: Income }): ReactNode {
  const { t, money, percent, number, date, shortDate } = usePerson()
  const [now, past] = [sumOf(days), sumOf(before)]
  const change = changeOf(now.amountMinor, past.amountMinor)
  const worded = (value: number) => money({ amount: String(Math.round(value)), currency })
  const values = (all: Income['days']) => all.map(({ income }) => Number(income.amount))
  const count = days.length
  return (
    <>
      <dl className="figures">
        <div>
          <dt className="muted small">{t('overview.income-of', { count })}</dt>
          <dd className="value">
            <bdi>{money({ amount: now.amountMinor.toString(), currency })}</bdi>
          </dd>
          {change !== undefined && (
            <dd>
              <Badge tone={change >= 0 ? 'good' : 'warm'}>
                {t(change >= 0 ? 'overview.more' : 'overview.less', {
                  share: percent(Math.abs(change)),
                  count,
                })}
              </Badge>
            </dd>
          )}
        </div>
        <div>
          <dt className="muted small">{t('overview.sales')}</dt>
          <dd className="value">{number(now.sales)}</dd>
          <dd className="muted small">{t('overview.sales-before', { count: past.sales })}</dd>
        </div>
      </dl>
      <Chart
        caption={t('overview.income-by-day')}
        stepTitle={t('overview.day')}
        steps={days.map((day) => ({ label: date(noonOf(day.date)), short: shortDate(noonOf(day.date)) }))}
        bars={[{ id: 'now', label: t('overview.these-days'), values: values(days) }]}
        lines={[
          { id: 'before', label: t('overview.days-before'), values: values(before), color: 6, dashed: true },
        ]}
        worded={worded}
      />
    </>
  )
}

/** The store's day is a date, not a moment: at noon it is the same day wherever the reader is. */
function noonOf(date: string): Date {
  return new Date(`${date}T12:00:00`)
}
