import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { concentrationQuery, type Concentration, type Dimension } from '../../api/coverage.ts'
import { useRight } from '../../api/session.ts'
import '../../styles/coverage.css'
import { monthNames } from '../../text/month-names.ts'
import { usePerson } from '../../text/person.tsx'
import { Chart } from '../../ui/chart.tsx'
import { Card } from '../../ui/page.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Amount, Empty, Ghost, Notice, ProblemNotice, Said } from '../../ui/show.tsx'
import { Table, type Column } from '../../ui/table.tsx'
import { ConcentrationLimits } from './concentration-limits.tsx'
import { MissingMonths } from './missing-months.tsx'

type Share = Dimension['shares'][number]

const COLOURS = 8

/** On how few things income rests, and what would be left without the largest. */
export function ConcentrationScreen(): ReactNode {
  const { t, preferences } = usePerson()
  const found = useQuery(concentrationQuery(preferences))
  const { by = 'stream' } = useSearch({ from: '/inside/streams-frame/streams/concentration' })
  const navigate = useNavigate({ from: '/streams/concentration' })
  if (found.isPending) return <Ghost lines={8} />
  if (found.error !== null) return <ProblemNotice error={found.error} retry={() => void found.refetch()} />
  const { dimensions, missing, months } = found.data
  const dimension = dimensions.find((one) => one.by === by)
  if (dimension === undefined || dimensions.every(({ shares }) => shares.length === 0)) {
    return <Empty title={t('concentration.empty')}>{t('concentration.empty-lead')}</Empty>
  }
  const alarmed = ({ alarms }: Dimension) =>
    alarms.length > 0 ? ` · ${t('concentration.alarms', { count: alarms.length })}` : ''
  return (
    <div className="stack loose">
      <p className="muted prose">{t('concentration.lead', { count: months })}</p>
      <MissingMonths missing={missing} />
      <div>
        <Segments
          label={t('concentration.by-label')}
          choices={dimensions.map((one) => ({
            id: one.by,
            label: t(`concentration.by.${one.by}`) + alarmed(one),
          }))}
          value={by}
          onChange={(chosen) => void navigate({ search: { by: chosen }, replace: true })}
        />
      </div>
      {dimension.shares.length === 0 ? (
        <Notice>
          {t(`concentration.unsaid-all.${dimension.by === 'stream' ? 'platform' : dimension.by}`)}
        </Notice>
      ) : (
        <One key={by} all={found.data} dimension={dimension} />
      )}
    </div>
  )
}

function One({ all, dimension }: { all: Concentration; dimension: Dimension }): ReactNode {
  const mayWrite = useRight('streams:write')
  return (
    <>
      {dimension.alarms.map(({ kind, detail }) => (
        <Alarm key={kind} kind={kind} detail={detail} />
      ))}
      <Shares dimension={dimension} />
      <Without dimension={dimension} />
      {dimension.history.length > 1 && <History dimension={dimension} />}
      {mayWrite && <ConcentrationLimits all={all} dimension={dimension} />}
    </>
  )
}

function Alarm({ kind, detail }: { kind: 'hhi' | 'largest'; detail: string }): ReactNode {
  const { t } = usePerson()
  return (
    <Notice tone="warm" title={t(`concentration.alarm.${kind}`)}>
      <p>{detail}</p>
    </Notice>
  )
}

function Shares({ dimension }: { dimension: Dimension }): ReactNode {
  const { t, percent, number, money } = usePerson()
  const { shares, hhi, effective, unsaid } = dimension
  const unsaidShare = Number(unsaid.amount) / Math.max(1, Number(dimension.total.amount))
  const columns: Column<Share>[] = [
    {
      id: 'name',
      title: t(`concentration.by.${dimension.by}`),
      main: true,
      cell: (share) => <Said>{share.name}</Said>,
    },
    {
      id: 'income',
      title: t('concentration.income'),
      figure: true,
      cell: ({ income }) => <Amount of={income} />,
    },
    {
      id: 'share',
      title: t('concentration.share'),
      figure: true,
      cell: ({ share }) => percent(rounded(share)),
    },
  ]
  return (
    <Card title={t('concentration.shares')}>
      <div className="shares plot" aria-hidden>
        {shares.map(({ key, share }, at) => (
          <span key={key} style={{ flexGrow: share, background: `var(--c${(at % COLOURS) + 1})` }} />
        ))}
        {unsaid.amount !== '0' && <span style={{ flexGrow: unsaidShare, background: 'var(--line)' }} />}
      </div>
      <dl className="facts">
        <dt>{t('concentration.effective')}</dt>
        <dd>{t('concentration.effective-of', { parts: number(Math.round((effective ?? 0) * 10) / 10) })}</dd>
        <dt>{t('concentration.there-are')}</dt>
        <dd>{number(shares.length)}</dd>
        <dt>{t('concentration.hhi')}</dt>
        <dd>{number(Math.round((hhi ?? 0) * 100) / 100)}</dd>
      </dl>
      <p className="hint">{t('concentration.hhi-hint')}</p>
      <Table label={t('concentration.shares')} columns={columns} rows={shares} keyOf={({ key }) => key} />
      {unsaid.amount !== '0' && (
        <p className="hint">
          {t('concentration.unsaid', { amount: money(unsaid), share: percent(rounded(unsaidShare)) })}
        </p>
      )}
    </Card>
  )
}

function Without({ dimension }: { dimension: Dimension }): ReactNode {
  const { t, percent, money } = usePerson()
  const { without } = dimension
  if (without === null) return null
  const usual = without.markers.find(({ name }) => name === 'usual')
  const part = (value: number | null) => (value === null ? '—' : percent(Math.floor(value * 100) / 100))
  type Step = (typeof without.steps)[number]
  const columns: Column<Step>[] = [
    {
      id: 'step',
      title: t('coverage.step-title'),
      main: true,
      cell: ({ step }) => t(`coverage.step.${step}`),
    },
    { id: 'up-to', title: t('coverage.up-to'), figure: true, cell: ({ upTo }) => <Amount of={upTo} /> },
    { id: 'now', title: t('concentration.now'), figure: true, cell: ({ now }) => part(now) },
    { id: 'left', title: t('concentration.left'), figure: true, cell: ({ left }) => part(left) },
  ]
  return (
    <Card title={t('concentration.without', { name: without.name })}>
      {usual !== undefined && (
        <p className="prose">{t('concentration.without-usual', { amount: money(usual.net) })}</p>
      )}
      {without.steps.length === 0 ? (
        <p className="hint">{t('concentration.without-costs')}</p>
      ) : (
        <Table
          label={t('concentration.now')}
          columns={columns}
          rows={without.steps}
          keyOf={({ step }) => step}
        />
      )}
    </Card>
  )
}

function History({ dimension }: { dimension: Dimension }): ReactNode {
  const { t, number, preferences } = usePerson()
  const months = monthNames(preferences)
  const { history, limits } = dimension
  const limit = limits.hhi
  const lines = [
    { id: 'hhi', label: t('concentration.hhi'), values: history.map(({ hhi }) => hhi), color: 1 },
    {
      id: 'largest',
      label: t('concentration.largest'),
      values: history.map(({ largest }) => largest),
      color: 4,
    },
    ...(limit === null
      ? []
      : [
          {
            id: 'limit',
            label: t('concentration.limit-hhi'),
            values: history.map(() => limit),
            color: 5,
            dashed: true,
          },
        ]),
  ]
  return (
    <Card title={t('concentration.history')}>
      <p className="hint">{t('concentration.history-hint')}</p>
      <Chart
        caption={t('concentration.history')}
        stepTitle={t('coverage.month')}
        steps={history.map(({ month }) => ({ label: months.long(month), short: months.short(month) }))}
        lines={lines}
        worded={(value) => number(Math.round(value * 100) / 100)}
      />
    </Card>
  )
}

function rounded(share: number): number {
  return Math.round(share * 1000) / 1000
}
