import { useInfiniteQuery, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { toIsoDate } from '../../../shared/dates.ts'
import {
  enterParallelRate,
  moneySettingsQuery,
  parallelRatesQuery,
  removeParallelRate,
  type ParallelRate,
} from '../../api/coverage.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/page.tsx'
import { RateForm } from '../../ui/rate-form.tsx'
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
  return (
    <RateForm
      labels={{
        one: t('worth.one-of'),
        rate: t('worth.costs'),
        worth: t('worth.of-currency'),
        day: t('worth.from-day'),
        enter: t('worth.enter-rate'),
      }}
      placeholder="48.25"
      began={{ one: 'USD', worth: own === 'USD' ? 'EGP' : own, day: toIsoDate(new Date()) }}
      enter={({ one, worth, day, rate }) => enterParallelRate({ currency: worth, anchor: one, day, rate })}
      onEntered={() => {
        notify(t('worth.rate-entered'))
        return queries.invalidateQueries({ queryKey: ['streams'] })
      }}
    />
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
