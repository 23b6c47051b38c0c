import { useInfiniteQuery, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { FileTrigger } from 'react-aria-components'
import { FileUp } from 'lucide-react'
import { storeQuery } from '../../api/catalog.ts'
import { enterRate, importEcbRates, ratesQuery, type Rate } from '../../api/ledger.ts'
import { useRight } from '../../api/session.ts'
import { toIsoDate } from '../../../shared/dates.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/page.tsx'
import { RateForm } from '../../ui/rate-form.tsx'
import { Empty, Ghost, ProblemNotice } from '../../ui/show.tsx'
import { More, Table, type Column } from '../../ui/table.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { Exchange } from './exchange.tsx'

/** What currencies are worth, day by day: entered by hand, or from the European Central Bank’s file. */
export function RatesScreen(): ReactNode {
  const mayWrite = useRight('ledger:write')
  return (
    <div className="stack loose">
      {mayWrite && <Exchange />}
      {mayWrite && <Enter />}
      {mayWrite && <ImportEcb />}
      <Rates />
    </div>
  )
}

function Enter(): ReactNode {
  const { t } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const { data: store } = useSuspenseQuery(storeQuery)
  return (
    <Card title={t('ledger.enter-rate')}>
      <p className="muted prose">{t('ledger.enter-rate-lead')}</p>
      <RateForm
        labels={{
          one: t('ledger.one-unit-of'),
          rate: t('ledger.is-worth'),
          worth: t('ledger.in-currency'),
          day: t('ledger.rate-day'),
          enter: t('ledger.enter-rate'),
        }}
        placeholder="3.75"
        look="primary"
        began={{
          one: 'USD',
          worth: store.currencies[0] ?? 'SAR',
          day: toIsoDate(new Date(), store.timeZone),
        }}
        enter={({ one, worth, day, rate }) => enterRate({ base: one, quote: worth, day, rate })}
        onEntered={() => {
          notify(t('ledger.rate-entered'))
          return queries.invalidateQueries({ queryKey: ['ledger'] })
        }}
      />
    </Card>
  )
}

function ImportEcb(): ReactNode {
  const { t } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const importing = useMutation({
    mutationFn: (file: File) => importEcbRates(file),
    onSuccess: ({ count }) => {
      notify(t('ledger.rates-imported', { count }))
      return queries.invalidateQueries({ queryKey: ['ledger'] })
    },
  })
  return (
    <Card title={t('ledger.ecb')}>
      <p className="muted prose">{t('ledger.ecb-lead')}</p>
      <ProblemNotice error={importing.error} />
      <div>
        <FileTrigger
          acceptedFileTypes={['.csv', 'text/csv']}
          onSelect={(chosen) => {
            const file = chosen?.item(0)
            if (file) importing.mutate(file)
          }}
        >
          <Button icon={FileUp} isPending={importing.isPending}>
            {t('ledger.choose-csv')}
          </Button>
        </FileTrigger>
      </div>
    </Card>
  )
}

function Rates(): ReactNode {
  const { t, date } = usePerson()
  const found = useInfiniteQuery(ratesQuery)
  const rates = found.data?.pages.flatMap(({ items }) => items) ?? []
  const columns: Column<Rate>[] = [
    {
      id: 'pair',
      title: t('ledger.pair'),
      main: true,
      cell: ({ base, quote, rate }) => <bdi dir="ltr">{`1 ${base} = ${rate} ${quote}`}</bdi>,
    },
    { id: 'day', title: t('ledger.rate-day'), cell: ({ day }) => date(new Date(`${day}T12:00:00`)) },
    {
      id: 'source',
      title: t('ledger.source'),
      cell: ({ source }) => t(source === 'ecb' ? 'ledger.rate-from.ecb' : 'ledger.rate-from.entered'),
    },
  ]
  if (found.error !== null) return <ProblemNotice error={found.error} retry={() => void found.refetch()} />
  if (found.isPending) return <Ghost lines={4} />
  if (rates.length === 0) return <Empty title={t('ledger.no-rates')}>{t('ledger.no-rates-detail')}</Empty>
  return (
    <Card title={t('ledger.tab.rates')} flush>
      <Table
        label={t('ledger.tab.rates')}
        columns={columns}
        rows={rates}
        keyOf={({ base, quote, day }) => `${base} ${quote} ${day}`}
      />
      <More
        hasMore={found.hasNextPage}
        isPending={found.isFetchingNextPage}
        onMore={() => void found.fetchNextPage()}
      />
    </Card>
  )
}
