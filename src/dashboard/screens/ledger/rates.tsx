import { useInfiniteQuery, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { FileTrigger, Form } from 'react-aria-components'
import { FileUp } from 'lucide-react'
import { storeQuery } from '../../api/catalog.ts'
import { wrongAt } from '../../api/errors-of.ts'
import { enterRate, importEcbRates, ratesQuery, type Rate } from '../../api/ledger.ts'
import { useRight } from '../../api/session.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { toIsoDate } from '../../../shared/dates.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { CurrencyField } from '../../ui/currency-field.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Card } from '../../ui/page.tsx'
import { Empty, Ghost, ProblemNotice } from '../../ui/show.tsx'
import { More, Table, type Column } from '../../ui/table.tsx'
import { useNotify } from '../../ui/toasts.tsx'

/** What currencies are worth, day by day: entered by hand, or from the European Central Bank’s file. */
export function RatesScreen(): ReactNode {
  const mayWrite = useRight('ledger:write')
  return (
    <div className="stack loose">
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
  const [base, setBase] = useState<CurrencyCode>('USD')
  const [quote, setQuote] = useState<CurrencyCode>(store.currencies[0] ?? 'SAR')
  const [day, setDay] = useState(() => toIsoDate(new Date(), store.timeZone))
  const [rate, setRate] = useState('')
  const entering = useMutation({
    mutationFn: () => enterRate({ base, quote, day, rate }),
    onSuccess: () => {
      setRate('')
      notify(t('ledger.rate-entered'))
      return queries.invalidateQueries({ queryKey: ['ledger'] })
    },
  })
  return (
    <Card title={t('ledger.enter-rate')}>
      <p className="muted prose">{t('ledger.enter-rate-lead')}</p>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          entering.mutate()
        }}
      >
        <div className="columns">
          <CurrencyField label={t('ledger.one-unit-of')} value={base} onChange={setBase} without={[quote]} />
          <TextField
            label={t('ledger.is-worth')}
            direction="ltr"
            inputMode="decimal"
            placeholder="3.75"
            isRequired
            value={rate}
            onChange={setRate}
            wrong={wrongAt(entering.error, '/rates/0/rate')}
          />
          <CurrencyField label={t('ledger.in-currency')} value={quote} onChange={setQuote} without={[base]} />
          <TextField
            label={t('ledger.rate-day')}
            type="date"
            direction="ltr"
            isRequired
            value={day}
            onChange={setDay}
            wrong={wrongAt(entering.error, '/rates/0/day')}
          />
        </div>
        <ProblemNotice error={entering.error} />
        <div>
          <Button
            type="submit"
            look="primary"
            isPending={entering.isPending}
            isDisabled={rate === '' || day === ''}
          >
            {t('ledger.enter-rate')}
          </Button>
        </div>
      </Form>
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
