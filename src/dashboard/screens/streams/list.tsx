import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { compareStreams, STREAM_SORTS, type SortedStream } from '../../../shared/stream-order.ts'
import { figuresQuery, streamsQuery, type Figures, type IncomeStream } from '../../api/streams.ts'
import { useRight } from '../../api/session.ts'
import { sortIn } from '../../search.ts'
import { monthNames } from '../../text/month-names.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Chart } from '../../ui/chart.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Card } from '../../ui/page.tsx'
import { Amount, Badge, Empty, Ghost, Notice, ProblemNotice, Said } from '../../ui/show.tsx'
import { Table, type Column, type Sorting } from '../../ui/table.tsx'
import { PassivityWords, PerHour, TrendWords } from './figure-words.tsx'
import { FiguresCards } from './figures-cards.tsx'
import { majorOf } from './major.ts'
import { MissingRates } from './missing-rates.tsx'
import { MoneyDialog } from './money-dialog.tsx'
import { firstMonth, PeriodChoice, PERIODS } from './period-choice.tsx'
import { StreamDialog } from './stream-dialog.tsx'

type Row = Figures['streams'][number]

/** So many are drawn by themselves; the rest is one. */
const MOST_DRAWN = 7

/** All streams together, and one beside another. */
export function StreamsScreen(): ReactNode {
  const { t, preferences } = usePerson()
  const search = useSearch({ from: '/inside/streams-frame/streams' })
  const navigate = useNavigate({ from: '/streams' })
  const put = (change: typeof search) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false })
  const period = sortIn(PERIODS, search.months)
  const sort = sortIn(STREAM_SORTS, search.sort)
  const archived = search.archived === 'true'
  const months = { from: firstMonth(period), calendar: preferences.calendar }
  const streams = useQuery(streamsQuery)
  const found = useQuery(figuresQuery(months))
  if (streams.error !== null || found.error !== null)
    return <ProblemNotice error={streams.error ?? found.error} retry={() => void streams.refetch()} />
  if (streams.isPending || found.isPending) return <Ghost lines={8} />
  const figures = found.data
  if (streams.data.length === 0) return <NoStreams figures={figures} />
  const rows = figures.streams
    .filter((row) => archived || !row.archived)
    .toSorted(byKey(compareStreams(sort, preferences.locale)))
  return (
    <div className="stack loose">
      <div className="row between no-print">
        <PeriodChoice value={period} onChange={(id) => put({ months: id === PERIODS[0] ? '' : id })} />
        <Acts streams={streams.data} figures={figures} />
      </div>
      <MissingRates figures={figures} />
      <FiguresCards figures={figures.total} />
      <Together figures={figures} />
      <Card
        title={t('streams.tab.streams')}
        flush
        actions={
          <FileButton
            path="/exports/streams"
            name={`${t('streams.tab.streams')}.csv`}
            query={{ ...months, sort, archived: String(archived) }}
          >
            {t('list.export')}
          </FileButton>
        }
      >
        <Rows
          rows={rows}
          sorting={{ value: sort, onChange: (id) => put({ sort: id === STREAM_SORTS[0] ? '' : id }) }}
        />
      </Card>
      {figures.streams.some((row) => row.archived) && (
        <Checkbox isSelected={archived} onChange={(on) => put({ archived: on ? 'true' : '' })}>
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

function byKey(compare: (left: SortedStream, right: SortedStream) => number) {
  const keyOf = ({ name, figures: { net, netPerHour } }: Row) => ({
    name,
    netMinor: BigInt(net.amount),
    perHourMinor: netPerHour === null ? null : BigInt(netPerHour.amount),
  })
  return (left: Row, right: Row) => compare(keyOf(left), keyOf(right))
}

function Rows({ rows, sorting }: { rows: readonly Row[]; sorting: Sorting }): ReactNode {
  const { t } = usePerson()
  const columns: Column<Row>[] = [
    {
      id: 'name',
      title: t('streams.stream'),
      main: true,
      sort: { by: 'name', up: t('list.a-to-z'), down: t('list.z-to-a'), first: 'up' },
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
      sort: { by: 'net', up: t('list.smallest'), down: t('list.largest') },
      cell: ({ figures }) => <Amount of={figures.net} />,
    },
    {
      id: 'per-hour',
      title: t('streams.figures.per-hour'),
      figure: true,
      sort: { by: 'per-hour', up: t('streams.per-hour-least'), down: t('streams.per-hour-most') },
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
  return (
    <Table
      label={t('nav.streams')}
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      linked
      sorting={sorting}
    />
  )
}

/** What is in the books without a stream is said, so that the sums of both can be understood. */
function Unassigned({ figures }: { figures: Figures }): ReactNode {
  const { t, money } = usePerson()
  const { income, cost } = figures.unassigned
  if (income.amount === '0' && cost.amount === '0') return null
  return <Notice>{t('streams.unassigned', { income: money(income), cost: money(cost) })}</Notice>
}
