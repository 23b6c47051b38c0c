import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Archive, ArchiveRestore, Pencil, Plus, Printer } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import {
  figuresQuery,
  streamQuery,
  updateStream,
  type Figures,
  type IncomeStream,
} from '../../api/streams.ts'
import { useRight } from '../../api/session.ts'
import { monthNames } from '../../text/month-names.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Chart } from '../../ui/chart.tsx'
import { Card, PageHead } from '../../ui/page.tsx'
import { Badge, Ghost, ProblemNotice, Said } from '../../ui/show.tsx'
import { FiguresCards } from './figures-cards.tsx'
import { HoursCard } from './hours-card.tsx'
import { majorOf } from './major.ts'
import { MissingRates } from './missing-rates.tsx'
import { MoneyCard } from './money-card.tsx'
import { MoneyDialog } from './money-dialog.tsx'
import { firstMonth, PeriodChoice, type PeriodMonths } from './period-choice.tsx'
import { RecurringCard } from './recurring-card.tsx'
import { StreamDialog } from './stream-dialog.tsx'

/** One stream: what it earns, costs and takes, by month and entry by entry. */
export function StreamScreen(): ReactNode {
  const { t, preferences } = usePerson()
  const { streamId } = useParams({ from: '/inside/streams/$streamId' })
  const [period, setPeriod] = useState<PeriodMonths>('12')
  const stream = useQuery(streamQuery(streamId))
  const found = useQuery(figuresQuery({ streamId, from: firstMonth(period), calendar: preferences.calendar }))
  if (stream.error !== null || found.error !== null)
    return <ProblemNotice error={stream.error ?? found.error} retry={() => void stream.refetch()} />
  if (stream.isPending || found.isPending) return <Ghost lines={8} />
  const row = found.data.streams[0]
  return (
    <>
      <PageHead
        title={<Said>{stream.data.name}</Said>}
        name={stream.data.name}
        back={{ to: '/streams', label: t('nav.streams') }}
        lead={<Facts stream={stream.data} />}
        actions={<Acts stream={stream.data} figures={found.data} />}
      />
      <div className="stack loose">
        <div className="no-print">
          <PeriodChoice value={period} onChange={setPeriod} />
        </div>
        <MissingRates figures={found.data} />
        {row !== undefined && (
          <>
            <FiguresCards figures={row.figures} />
            <ByMonth figures={found.data} row={row} />
          </>
        )}
        <MoneyCard stream={stream.data} currency={found.data.currency} />
        <RecurringCard stream={stream.data} currency={found.data.currency} />
        <HoursCard streamId={streamId} />
      </div>
    </>
  )
}

function Facts({ stream }: { stream: IncomeStream }): ReactNode {
  const { t } = usePerson()
  const said = [stream.platform, stream.payer].filter((text) => text !== '')
  return (
    <span className="row" style={{ gap: 'var(--s2)' }}>
      <Badge>{t(`streams.kinds.${stream.kind}`)}</Badge>
      {stream.archived && <Badge tone="warm">{t('streams.archived')}</Badge>}
      {said.map((text) => (
        <Said key={text}>{text}</Said>
      ))}
    </span>
  )
}

function Acts({ stream, figures }: { stream: IncomeStream; figures: Figures }): ReactNode {
  const { t } = usePerson()
  const queries = useQueryClient()
  const mayWrite = useRight('streams:write')
  const [open, setOpen] = useState<'money' | 'edit' | undefined>(undefined)
  const close = () => setOpen(undefined)
  const archiving = useMutation({
    mutationFn: () => updateStream(stream.id, { archived: !stream.archived }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['streams'] }),
  })
  return (
    <>
      <Button icon={Printer} label={t('streams.print')} onPress={() => window.print()} />
      {mayWrite && (
        <>
          <Button
            icon={stream.archived ? ArchiveRestore : Archive}
            isPending={archiving.isPending}
            onPress={() => archiving.mutate()}
          >
            {t(stream.archived ? 'streams.unarchive' : 'streams.archive')}
          </Button>
          <Button icon={Pencil} onPress={() => setOpen('edit')}>
            {t('streams.edit')}
          </Button>
          <Button look="primary" icon={Plus} onPress={() => setOpen('money')}>
            {t('streams.money.enter')}
          </Button>
        </>
      )}
      {open === 'edit' && <StreamDialog stream={stream} currency={figures.currency} onClose={close} />}
      {open === 'money' && (
        <MoneyDialog streams={[stream]} streamId={stream.id} currency={figures.currency} onClose={close} />
      )}
    </>
  )
}

function ByMonth({ figures, row }: { figures: Figures; row: Figures['streams'][number] }): ReactNode {
  const { t, money, number, preferences } = usePerson()
  const { currency, months } = figures
  const names = monthNames(preferences)
  const steps = months.map(({ label }) => ({ label: names.long(label), short: names.short(label) }))
  const worded = (minor: number) => money({ amount: String(Math.round(minor)), currency })
  const values = (of: (month: (typeof row.months)[number]) => number) => row.months.map(of)
  return (
    <>
      <Card title={t('streams.money-by-month')}>
        <Chart
          caption={t('streams.money-by-month')}
          stepTitle={t('streams.month')}
          steps={steps}
          bars={[
            {
              id: 'income',
              label: t('streams.figures.income'),
              values: values((one) => Number(one.income.amount)),
            },
            {
              id: 'cost',
              label: t('streams.figures.cost'),
              values: values((one) => -Number(one.cost.amount)),
              color: 2,
            },
          ]}
          lines={[
            {
              id: 'net',
              label: t('streams.figures.net'),
              values: values((one) => Number(one.income.amount) - Number(one.cost.amount)),
              color: 3,
            },
          ]}
          worded={worded}
          ticked={(minor) => majorOf(minor, currency, preferences)}
        />
      </Card>
      <Card title={t('streams.hours-by-month')}>
        <Chart
          caption={t('streams.hours-by-month')}
          stepTitle={t('streams.month')}
          steps={steps}
          bars={[
            {
              id: 'upkeep',
              label: t('streams.hours.purposes.upkeep'),
              values: values((one) => one.upkeepMinutes / 60),
            },
            {
              id: 'building',
              label: t('streams.hours.purposes.building'),
              values: values((one) => one.buildingMinutes / 60),
              color: 4,
            },
          ]}
          worded={(hours) => t('streams.duration.hours', { hours: number(Math.round(hours * 10) / 10) })}
          ticked={(hours) => number(Math.round(hours * 10) / 10)}
          height={160}
        />
      </Card>
    </>
  )
}
