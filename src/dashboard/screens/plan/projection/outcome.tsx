import type { ReactNode } from 'react'
import { arabicFigures } from '../../../../shared/arabic.ts'
import { currencyExponent } from '../../../../shared/currencies.ts'
import { intlTag } from '../../../../shared/locale.ts'
import { keepSymbol } from '../../../../shared/money.ts'
import type { Figures, OwnHistory, PlanInput } from '../../../api/plans.ts'
import { monthNames } from '../../../text/month-names.ts'
import { usePerson } from '../../../text/person.tsx'
import { Chart } from '../../../ui/chart.tsx'
import { Card } from '../../../ui/page.tsx'
import { Said } from '../../../ui/show.tsx'
import { Table, type Column } from '../../../ui/table.tsx'

type Shown = { input: PlanInput; figures: Figures }

/** How amounts, shares and months of a plan are told. */
export function useWords({ currency, firstMonth }: Pick<PlanInput, 'currency' | 'firstMonth'>) {
  const { t, locale, preferences } = usePerson()
  const names = monthNames(preferences)
  const tag = intlTag(locale, locale === 'ar' ? preferences.numerals : 'latn')
  // Estimates are told in whole units: smaller ones would pretend to a knowledge that nobody has.
  const whole = new Intl.NumberFormat(tag, { style: 'currency', currency, maximumFractionDigits: 0 })
  const shares = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 })
  const unit = 10 ** currencyExponent(currency)
  const [year = 2026, month = 1] = firstMonth.split('-').map(Number)
  return {
    t,
    amount: (minor: number) =>
      `${locale === 'ar' ? '\u2067' : '\u2066'}${keepSymbol(whole.format(Math.round(minor / unit) || 0), locale)}\u2069`,
    share: (value: number) =>
      value > 0 && value < 0.01 ? t('plan.less-than', { share: shares.format(0.01) }) : shares.format(value),
    monthOf: (nth: number) => {
      const at = new Date(Date.UTC(year, month - 1 + nth, 1)).toISOString().slice(0, 7)
      return { label: names.long(at), short: names.short(at) }
    },
  }
}

/** What a month brings: bad, usual and good, from the first month to the last. */
export function Fan({ input, figures, height = 260 }: Shown & { height?: number }): ReactNode {
  const { t, amount, monthOf } = useWords(input)
  const { p10, p50, p90 } = figures.plan.monthly
  return (
    <Chart
      caption={t('plan.fan')}
      stepTitle={t('plan.month')}
      height={height}
      steps={p50.map((_, nth) => monthOf(nth))}
      bands={[{ id: 'spread', label: t('plan.spread'), low: p10, high: p90 }]}
      lines={[{ id: 'usual', label: t('plan.usual'), values: p50, color: 1 }]}
      worded={amount}
    />
  )
}

/** The figures that say how it may go: each a spread or a share, never one number. */
export function Odds({ input, figures }: Shown): ReactNode {
  const { t, amount, share } = useWords(input)
  const { plan } = figures
  const spread = ({ p10, p50, p90 }: { p10: number; p50: number; p90: number }) => (
    <>
      <bdi className="value">{amount(p50)}</bdi>
      <span className="muted small">{t('plan.between', { low: amount(p10), high: amount(p90) })}</span>
    </>
  )
  const payback = [plan.payback.p10, plan.payback.p50, plan.payback.p90].map((month) =>
    month === null ? t('plan.not-within') : t('plan.after-months', { months: month + 1 }),
  )
  return (
    <dl className="figures odds">
      <div>
        <dt>{t('plan.late')}</dt>
        <dd>{spread(plan.late)}</dd>
      </div>
      <div>
        <dt>{t('plan.total')}</dt>
        <dd>{spread(plan.total)}</dd>
      </div>
      {plan.endValue.p90 > 0 && (
        <div>
          <dt>{t('plan.end-value')}</dt>
          <dd>{spread(plan.endValue)}</dd>
        </div>
      )}
      <div>
        <dt>{t('plan.zero')}</dt>
        <dd className="value">{share(plan.zero)}</dd>
      </div>
      <div>
        <dt>{t('plan.below-wage')}</dt>
        <dd className="value">{share(plan.belowWage)}</dd>
      </div>
      <div>
        <dt>{t('plan.loss')}</dt>
        <dd className="value">{share(plan.loss)}</dd>
      </div>
      <div>
        <dt>{t('plan.payback')}</dt>
        <dd>
          <span className="value">{payback[1]}</span>
          <span className="muted small">
            {t('plan.payback-spread', {
              early: payback[0] ?? '',
              late: payback[2] ?? '',
              never: share(plan.payback.never),
            })}
          </span>
        </dd>
      </div>
    </dl>
  )
}

/** How likely each step of the ladder is covered, at some months. */
export function Ladder({ input, figures }: Shown): ReactNode {
  const { t, amount, share, monthOf } = useWords(input)
  if (input.ladder.length === 0) return null
  const months = [5, 11, 23, 35, 59, 119].filter((month) => month < figures.months)
  type Step = { nth: number; name: string; upTo: number }
  let sum = 0
  const steps = input.ladder.map(({ name, amount: own }, nth): Step => {
    sum += Number(own.amount)
    return { nth, name, upTo: sum }
  })
  const columns: Column<Step>[] = [
    {
      id: 'step',
      title: t('plan.ladder.step'),
      main: true,
      cell: ({ name, upTo }) => (
        <span className="stack" style={{ gap: 0, justifyItems: 'start' }}>
          <Said>{name}</Said>
          <span className="muted small">{t('plan.ladder.up-to', { amount: amount(upTo) })}</span>
        </span>
      ),
    },
    ...months.map((month) => ({
      id: String(month),
      title: monthOf(month).label,
      figure: true,
      cell: ({ nth }: Step) => share(figures.steps[nth]?.[month] ?? 0),
    })),
  ]
  return (
    <Card title={t('plan.ladder.title')} flush>
      <Table label={t('plan.ladder.title')} columns={columns} rows={steps} keyOf={({ nth }) => String(nth)} />
    </Card>
  )
}

/** The worst tenth, in sentences. */
export function Story({ story }: { story: readonly string[] }): ReactNode {
  const { t, locale, preferences } = usePerson()
  const isArab = locale === 'ar' && preferences.numerals === 'arab'
  return (
    <Card title={t('plan.story')}>
      <div className="prose stack tight">
        {(isArab ? story.map(arabicFigures) : story).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
    </Card>
  )
}

/** How much of each stream’s level is own history, and what it changed. */
export function History({ input, history }: { input: PlanInput; history: readonly OwnHistory[] }): ReactNode {
  const { t, amount, share } = useWords(input)
  if (history.length === 0) return null
  const nameOf = (key: string) => input.streams.find((stream) => stream.key === key)?.name ?? key
  return (
    <Card title={t('plan.history.title')}>
      <ul className="stack">
        {history.map(({ key, months, active, weight, priorLevel, level }) => (
          <li key={key} className="stack tight">
            <strong>
              <Said>{nameOf(key)}</Said>
            </strong>
            <span>{t('plan.history.months', { months, active })}</span>
            <span>
              {active === 0
                ? t('plan.history.none')
                : t('plan.history.change', { before: amount(priorLevel), after: amount(level) })}
            </span>
            {active > 0 && (
              <>
                <meter min={0} max={1} value={weight} aria-hidden />
                <span className="muted small">
                  {t('plan.history.weight', { own: share(weight), others: share(1 - weight) })}
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Each stream by itself: a month of the last year, and how often nothing comes of it. */
export function ByStream({ input, figures }: Shown): ReactNode {
  const { t, amount, share } = useWords(input)
  type Row = { key: string; name: string; nth: number }
  const rows = input.streams.map(({ key, name }, nth): Row => ({ key, name, nth }))
  const of = ({ nth }: Row) => figures.streams[nth] ?? figures.plan
  const columns: Column<Row>[] = [
    { id: 'name', title: t('plan.stream'), main: true, cell: ({ name }) => <Said>{name}</Said> },
    { id: 'p10', title: t('plan.bad'), figure: true, cell: (row) => amount(of(row).late.p10) },
    { id: 'p50', title: t('plan.usual'), figure: true, cell: (row) => amount(of(row).late.p50) },
    { id: 'p90', title: t('plan.good'), figure: true, cell: (row) => amount(of(row).late.p90) },
    { id: 'zero', title: t('plan.zero'), figure: true, cell: (row) => share(of(row).zero) },
    { id: 'wage', title: t('plan.below-wage'), figure: true, cell: (row) => share(of(row).belowWage) },
    { id: 'loss', title: t('plan.loss'), figure: true, cell: (row) => share(of(row).loss) },
  ]
  return (
    <Card title={t('plan.by-stream')} flush>
      <Table label={t('plan.by-stream')} columns={columns} rows={rows} keyOf={({ key }) => key} />
    </Card>
  )
}
