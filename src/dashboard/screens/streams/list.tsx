import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { figuresQuery, streamsQuery, type Figures, type IncomeStream } from '../../api/streams.ts'
import { useRight } from '../../api/session.ts'
import { monthNames } from '../../text/month-names.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Chart } from '../../ui/chart.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { Card } from '../../ui/page.tsx'
import { Amount, Badge, Empty, Ghost, Notice, ProblemNotice, Said } from '../../ui/show.tsx'
import { Table, type Column } from '../../ui/table.tsx'
import { PassivityWords, PerHour, TrendWords } from './figure-words.tsx'
import { FiguresCards } from './figures-cards.tsx'
import { majorOf } from './major.ts'
import { MissingRates } from './missing-rates.tsx'
import { MoneyDialog } from './money-dialog.tsx'
import { firstMonth, PeriodChoice, type PeriodMonths } from './period-choice.tsx'
import { StreamDialog } from './stream-dialog.tsx'

type Row = Figures['streams'][number]

/** So many are drawn by themselves; the rest is one. */
const MOST_DRAWN = 7

/** All streams together, and one beside another. */
export function StreamsScreen(): ReactNode {
  const { t, preferences } = usePerson()
  const [period, setPeriod] = useState<PeriodMonths>('12')
  const [archived, setArchived] = useState(false)
  const streams = useQuery(streamsQuery)
  const found = useQuery(figuresQuery({ from: firstMonth(period), calendar: preferences.calendar }))
  if (streams.error !== null || found.error !== null)
    return <ProblemNotice error={streams.error ?? found.error} retry={() => void streams.refetch()} />
  if (streams.isPending || found.isPending) return <Ghost lines={8} />
  const figures = found.data
  if (streams.data.length === 0) return <NoStreams figures={figures} />
  const rows = figures.streams
    .filter((row) => archived || !row.archived)
    .toSorted((left, right) => Number(right.figures.net.amount) - Number(left.figures.net.amount))
  return (
    <div className="stack loose">
      <div className="row between no-print">
        <PeriodChoice value={period} onChange={setPeriod} />
        <Acts streams={streams.data} figures={figures} />
      </div>
      <MissingRates figures={figures} />
      <FiguresCards figures={figures.total} />
      <Together figures={figures} />
      <Card title={t('streams.tab.streams')} flush>
        <Rows rows={rows} />
      </Card>
      {figures.streams.some((row) => row.archived) && (
        <Checkbox isSelected={archived} onChange={setArchived}>
          {t('streams.show-archived')}
        </Checkbox>
      )}
      <Unassigned figures={figures} />
    </div>
  )
}

function NoStreams({ figures }: { figures: Figures }): ReactNode {
  const { t } = usePerson()
  const mayWrite = useRight('streams:write')
  const [adding, setAdding] = useState(false)
  return (
    <>
      <Empty
        title={t('streams.empty')}
        {...(mayWrite && {
          action: (
            <Button look="primary" icon={Plus} onPress={() => setAdding(true)}>
              {t('streams.add')}
            </Button>
          ),
        })}
      >
        {t('streams.empty-lead')}
      </Empty>
      {adding && <StreamDialog currency={figures.currency} onClose={() => setAdding(false)} />}
    </>
  )
}

function Acts({ streams, figures }: { streams: readonly IncomeStream[]; figures: Figures }): ReactNode {
  const { t } = usePerson()
  const mayWrite = useRight('streams:write')
  const [open, setOpen] = useState<'money' | 'stream' | undefined>(undefined)
  const close = () => setOpen(undefined)
  if (!mayWrite) return null
  return (
    <div className="row">
      <Button icon={Plus} onPress={() => setOpen('stream')}>
        {t('streams.add')}
      </Button>
      <Button look="primary" icon={Plus} onPress={() => setOpen('money')}>
        {t('streams.money.enter')}
      </Button>
      {open === 'stream' && <StreamDialog currency={figures.currency} onClose={close} />}
      {open === 'money' && (
        <MoneyDialog
          streams={streams.filter((one) => !one.archived)}
          currency={figures.currency}
          onClose={close}
        />
      )}
    </div>
  )
}

/** What all of them earned by month, one on the other. A salary is a line to compare with. */
function Together({ figures }: { figures: Figures }): ReactNode {
  const { t, money, preferences } = usePerson()
  const { currency, months } = figures
  const names = monthNames(preferences)
  const counted = figures.streams.filter((row) => !row.compared && hasIncome(row))
  const sorted = counted.toSorted((left, right) => sizeOf(right) - sizeOf(left))
  const drawn = sorted.length > MOST_DRAWN + 1 ? sorted.slice(0, MOST_DRAWN) : sorted
  const rest = sorted.slice(drawn.length)
  const valuesOf = (rows: readonly Row[]) =>
    months.map((_, at) => rows.reduce((sum, row) => sum + Number(row.months[at]?.income.amount ?? 0), 0))
  const bars = [
    ...drawn.map((row) => ({ id: row.id, label: row.name, values: valuesOf([row]) })),
    ...(rest.length === 0
      ? []
      : [{ id: 'rest', label: t('streams.the-rest'), values: valuesOf(rest), color: 8 }]),
  ]
  const lines = figures.streams
    .filter(({ compared }) => compared)
    .map((row) => ({ id: row.id, label: row.name, values: valuesOf([row]), dashed: true, color: 8 }))
  if (bars.length + lines.length === 0) return null
  return (
    <Card title={t('streams.income-by-month')}>
      <Chart
        caption={t('streams.income-by-month')}
        stepTitle={t('streams.month')}
        steps={months.map(({ label }) => ({ label: names.long(label), short: names.short(label) }))}
        bars={bars}
        lines={lines}
        worded={(minor) => money({ amount: String(Math.round(minor)), currency })}
        ticked={(minor) => majorOf(minor, currency, preferences)}
        height={260}
      />
      <p className="hint">{t('streams.in-currency', { currency })}</p>
    </Card>
  )
}

function hasIncome({ figures }: Row): boolean {
  return figures.income.amount !== '0'
}

function sizeOf({ figures }: Row): number {
  return Math.abs(Number(figures.income.amount))
}

function Rows({ rows }: { rows: readonly Row[] }): ReactNode {
  const { t } = usePerson()
  const columns: Column<Row>[] = [
    {
      id: 'name',
      title: t('streams.stream'),
      main: true,
      cell: ({ id, name, kind, archived, compared }) => (
        <span className="stack" style={{ gap: 0 }}>
          <Link className="whole" to="/streams/$streamId" params={{ streamId: id }}>
            <Said>{name}</Said>
          </Link>
          <span className="muted small">
            {t(`streams.kinds.${kind}`)} {archived && <Badge>{t('streams.archived')}</Badge>}
            {compared && ` · ${t('streams.compared')}`}
          </span>
        </span>
      ),
    },
    {
      id: 'net',
      title: t('streams.figures.net'),
      figure: true,
      cell: ({ figures }) => <Amount of={figures.net} />,
    },
    {
      id: 'per-hour',
      title: t('streams.figures.per-hour'),
      figure: true,
      cell: ({ figures }) => <PerHour of={figures.netPerHour} />,
    },
    {
      id: 'passivity',
      title: t('streams.figures.passivity'),
      figure: true,
      cell: ({ figures }) => <PassivityWords passivity={figures.passivity} />,
    },
    {
      id: 'trend',
      title: t('streams.figures.trend'),
      cell: ({ figures }) => <TrendWords trend={figures.trend} />,
    },
  ]
  return <Table label={t('nav.streams')} columns={columns} rows={rows} keyOf={({ id }) => id} linked />
}

/** What is in the books without a stream is said, so that the sums of both can be understood. */
function Unassigned({ figures }: { figures: Figures }): ReactNode {
  const { t, money } = usePerson()
  const { income, cost } = figures.unassigned
  if (income.amount === '0' && cost.amount === '0') return null
  return <Notice>{t('streams.unassigned', { income: money(income), cost: money(cost) })}</Notice>
}
