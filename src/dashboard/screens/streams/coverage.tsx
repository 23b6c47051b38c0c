import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Pencil } from 'lucide-react'
import type { ReactNode } from 'react'
import { coverageIn, type Coverage } from '../../api/coverage.ts'
import { useRight } from '../../api/session.ts'
import { monthNames } from '../../text/month-names.ts'
import { usePerson } from '../../text/person.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { Chart } from '../../ui/chart.tsx'
import { Card } from '../../ui/page.tsx'
import { Amount, Empty, Ghost, Notice, ProblemNotice } from '../../ui/show.tsx'
import { Table, type Column } from '../../ui/table.tsx'
import { CoverageLadder } from './coverage-ladder.tsx'
import { MissingMonths } from './missing-months.tsx'
import { majorOf } from './major.ts'

type Step = Coverage['steps'][number]
type MarkerName = Coverage['markers'][number]['name']

/** How much of the cost of living the streams pay in a bad, a usual and a good month. */
export function CoverageScreen(): ReactNode {
  const { t, preferences } = usePerson()
  const found = useQuery(coverageIn(preferences.calendar))
  if (found.isPending) return <Ghost lines={8} />
  if (found.error !== null) return <ProblemNotice error={found.error} retry={() => void found.refetch()} />
  const coverage = found.data
  if (!coverage.hasCosts) {
    return (
      <Empty title={t('coverage.empty')} action={<EditCosts text={t('coverage.enter-costs')} />}>
        {t('coverage.empty-lead')}
      </Empty>
    )
  }
  return (
    <div className="stack loose">
      {coverage.few !== null && (
        <Notice tone="warm">{t(`coverage.few.${coverage.few}`, { count: coverage.months })}</Notice>
      )}
      <MissingMonths missing={coverage.missing} />
      <Card title={t('coverage.title')} actions={<EditCosts text={t('coverage.edit-costs')} />}>
        <p className="muted prose">{t('coverage.lead', { count: coverage.months })}</p>
        <CoverageLadder coverage={coverage} />
        {coverage.months > 0 && <Sentences coverage={coverage} />}
      </Card>
      <Steps coverage={coverage} />
      <Dearest coverage={coverage} />
      {coverage.nets.length > 1 && <Nets coverage={coverage} />}
    </div>
  )
}

function EditCosts({ text }: { text: string }): ReactNode {
  const mayWrite = useRight('streams:write')
  if (!mayWrite) return null
  return (
    <Link to="/streams/living-costs" className={buttonClass()}>
      <Pencil size={18} aria-hidden />
      {text}
    </Link>
  )
}

function Sentences({ coverage }: { coverage: Coverage }): ReactNode {
  const { t, money, preferences } = usePerson()
  const months = monthNames(preferences)
  return (
    <div className="stack">
      {coverage.markers.map(({ name, month, net, percentile }) => (
        <div key={name}>
          <strong>{t(`coverage.marker-long.${name}`, { percentile })}</strong>
          <div>
            <bdi>{money(net)}</bdi> <span className="muted small">{months.long(month)}</span>
          </div>
          <div className="muted">
            <Reach steps={coverage.steps} name={name} />
          </div>
        </div>
      ))}
    </div>
  )
}

/** How far up the ladder a month reaches, in words. */
function Reach({ steps, name }: { steps: readonly Step[]; name: MarkerName }): ReactNode {
  const { t, percent } = usePerson()
  const due = steps.filter(({ own }) => own.amount !== '0')
  const open = due.findIndex(({ covered }) => (covered[name] ?? 0) < 1)
  const [paid, next] = open < 0 ? [due.at(-1), undefined] : [due[open - 1], due[open]]
  const share = percent(wholePercent(next?.covered[name] ?? 0))
  if (next === undefined) return t('coverage.reach-all')
  if (paid === undefined) return t('coverage.reach-none', { share, step: t(`coverage.step.${next.step}`) })
  return t('coverage.reach-part', {
    paid: t(`coverage.step.${paid.step}`),
    share,
    step: t(`coverage.step.${next.step}`),
  })
}

function Steps({ coverage }: { coverage: Coverage }): ReactNode {
  const { t, percent, number } = usePerson()
  const share = (name: MarkerName) => (row: Step) => {
    const value = row.covered[name]
    return value === null ? '—' : percent(wholePercent(value))
  }
  const columns: Column<Step>[] = [
    {
      id: 'step',
      title: t('coverage.step-title'),
      main: true,
      cell: ({ step }) => t(`coverage.step.${step}`),
    },
    { id: 'own', title: t('coverage.own'), figure: true, cell: ({ own }) => <Amount of={own} /> },
    { id: 'up-to', title: t('coverage.up-to'), figure: true, cell: ({ upTo }) => <Amount of={upTo} /> },
    { id: 'bad', title: t('coverage.marker.bad'), figure: true, cell: share('bad') },
    { id: 'usual', title: t('coverage.marker.usual'), figure: true, cell: share('usual') },
    { id: 'good', title: t('coverage.marker.good'), figure: true, cell: share('good') },
    {
      id: 'months',
      title: t('coverage.months-covered'),
      figure: true,
      cell: ({ monthsCovered }) =>
        t('coverage.of-months', { count: number(monthsCovered), all: number(coverage.months) }),
    },
  ]
  return (
    <Card title={t('coverage.by-step')} flush>
      <Table
        label={t('coverage.by-step')}
        columns={columns}
        rows={coverage.steps}
        keyOf={({ step }) => step}
      />
      <p className="hint" style={{ padding: 'var(--s3) var(--s5)' }}>
        {t('coverage.by-step-hint')}
      </p>
    </Card>
  )
}

function Dearest({ coverage }: { coverage: Coverage }): ReactNode {
  const { t, money, percent, preferences } = usePerson()
  const last = coverage.dearest.steps.at(-1)
  const usual = coverage.steps.at(-1)
  if (last === undefined || usual === undefined || BigInt(last.upTo.amount) <= BigInt(usual.upTo.amount))
    return null
  return (
    <Notice
      tone="accent"
      title={t('coverage.dearest', { month: monthNames(preferences).long(coverage.dearest.month) })}
    >
      <p>
        {t('coverage.dearest-detail', {
          amount: money(last.upTo),
          usual: money(usual.upTo),
          share: percent(wholePercent(last.covered.usual ?? 0)),
        })}
      </p>
    </Notice>
  )
}

function Nets({ coverage }: { coverage: Coverage }): ReactNode {
  const { t, money, preferences } = usePerson()
  const months = monthNames(preferences)
  const { nets, currency } = coverage
  if (currency === null) return null
  const worded = (value: number) => money({ amount: String(Math.round(value)), currency })
  return (
    <Card title={t('coverage.nets')}>
      <p className="hint">{t('coverage.nets-hint')}</p>
      {coverage.assumed > 0 && <p className="hint">{t('coverage.assumed', { count: coverage.assumed })}</p>}
      <Chart
        caption={t('coverage.nets')}
        stepTitle={t('coverage.month')}
        steps={nets.map(({ month }) => ({ label: months.long(month), short: months.short(month) }))}
        bars={[{ id: 'net', label: t('coverage.net'), values: nets.map(({ net }) => Number(net.amount)) }]}
        lines={(['food', 'all'] as const).map((step, nth) => ({
          id: step,
          label: t(`coverage.cost-then.${step}`),
          values: nets.map(({ steps }) => Number(steps.find((one) => one.step === step)?.upTo.amount ?? 0)),
          color: nth === 0 ? 4 : 5,
          dashed: nth === 0,
        }))}
        worded={worded}
        ticked={(value) => majorOf(value, currency, preferences)}
      />
    </Card>
  )
}

/** Whole percent, never rounded up: what is not paid for is not called paid. */
function wholePercent(share: number): number {
  return Math.floor(share * 100) / 100
}
