import { useInfiniteQuery, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { latinDigits } from '../../../shared/arabic.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { toIsoDate } from '../../../shared/dates.ts'
import {
  enterParallelRate,
  moneySettingsQuery,
  parallelRatesQuery,
  removeParallelRate,
  type ParallelRate,
} from '../../api/coverage.ts'
import { wrongAt } from '../../api/errors-of.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { CurrencyField } from '../../ui/currency-field.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/show.tsx'
import { More, Table, type Column } from '../../ui/table.tsx'
import { useNotify } from '../../ui/toasts.tsx'

/** What currencies are paid for beside the official rate. */
export function ParallelRates(): ReactNode {
  const { t } = usePerson()
  return (
    <Card title={t('worth.parallel')}>
      <p className="muted prose">{t('worth.parallel-lead')}</p>
      <Enter />
      <Entered />
    </Card>
  )
}

function Enter(): ReactNode {
  const { t } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const { data: settings } = useSuspenseQuery(moneySettingsQuery)
  const own = settings.currency ?? 'EGP'
  const [currency, setCurrency] = useState<CurrencyCode>(own === 'USD' ? 'EGP' : own)
  const [anchor, setAnchor] = useState<CurrencyCode>('USD')
  const [day, setDay] = useState(() => toIsoDate(new Date()))
  const [rate, setRate] = useState('')
  const entering = useMutation({
    mutationFn: () =>
      enterParallelRate({ currency, anchor, day, rate: latinDigits(rate).replace('٫', '.').trim() }),
    onSuccess: async () => {
      setRate('')
      notify(t('worth.rate-entered'))
      await queries.invalidateQueries({ queryKey: ['streams'] })
    },
  })
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        entering.mutate()
      }}
    >
      <div className="columns">
        <CurrencyField label={t('worth.one-of')} value={anchor} onChange={setAnchor} without={[currency]} />
        <TextField
          label={t('worth.costs')}
          direction="ltr"
          inputMode="decimal"
          placeholder="48.25"
          isRequired
          value={rate}
          onChange={setRate}
          wrong={wrongAt(entering.error, '/rates/0/rate')}
        />
        <CurrencyField
          label={t('worth.of-currency')}
          value={currency}
          onChange={setCurrency}
          without={[anchor]}
        />
        <TextField
          label={t('worth.from-day')}
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
        <Button type="submit" isPending={entering.isPending} isDisabled={rate === '' || day === ''}>
          {t('worth.enter-rate')}
        </Button>
      </div>
    </Form>
  )
}

function Entered(): ReactNode {
  const { t, date } = usePerson()
  const queries = useQueryClient()
  const found = useInfiniteQuery(parallelRatesQuery)
  const removing = useMutation({
    mutationFn: removeParallelRate,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['streams'] }),
  })
  const rates = found.data?.pages.flatMap(({ items }) => items) ?? []
  if (found.error !== null) return <ProblemNotice error={found.error} retry={() => void found.refetch()} />
  if (rates.length === 0) return null
  const columns: Column<ParallelRate>[] = [
    {
      id: 'rate',
      title: t('worth.parallel'),
      main: true,
      cell: ({ anchor, currency, rate }) => <bdi dir="ltr">{`1 ${anchor} = ${rate} ${currency}`}</bdi>,
    },
    { id: 'day', title: t('worth.from-day'), cell: ({ day }) => date(new Date(`${day}T12:00:00`)) },
    {
      id: 'remove',
      title: t('worth.remove-rate'),
      bare: true,
      cell: (rate) => (
        <Button
          small
          look="quiet"
          icon={Trash2}
          label={t('worth.remove-rate')}
          onPress={() => removing.mutate(rate)}
        />
      ),
    },
  ]
  return (
    <>
      <ProblemNotice error={removing.error} />
      <Table
        label={t('worth.parallel')}
        columns={columns}
        rows={rates}
        keyOf={({ currency, anchor, day }) => `${currency} ${anchor} ${day}`}
      />
      <More
        hasMore={found.hasNextPage}
        isPending={found.isFetchingNextPage}
        onMore={() => void found.fetchNextPage()}
      />
    </>
  )
}
