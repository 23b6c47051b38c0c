import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { isProblem } from '../../api/client.ts'
import { wrongAt } from '../../api/errors-of.ts'
import {
  addRecurring,
  endRecurring,
  recurringQuery,
  type IncomeStream,
  type Recurring,
} from '../../api/streams.ts'
import { useRight } from '../../api/session.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/choice-fields.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { MoneyField, readAmount } from '../../ui/money-field.tsx'
import { Card } from '../../ui/page.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Amount, ProblemNotice, Said } from '../../ui/show.tsx'
import { Table, type Column } from '../../ui/table.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { DraftGuard } from '../../ui/unsaved.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { today } from './today.ts'

const EVERY: readonly Recurring['every'][] = ['week', 'month', 'quarter', 'year']

/** What recurs in a stream. */
export function RecurringCard({
  stream,
  currency,
}: {
  stream: IncomeStream
  currency: CurrencyCode
}): ReactNode {
  const { t } = usePerson()
  const mayWrite = useRight('streams:write')
  const [adding, setAdding] = useState(false)
  const found = useQuery(recurringQuery(stream.id))
  const items = found.data?.items ?? []
  return (
    <Card
      title={t('streams.recurring.title')}
      flush
      actions={
        mayWrite && (
          <Button small onPress={() => setAdding(true)}>
            {t('streams.recurring.add')}
          </Button>
        )
      }
    >
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {items.length === 0 ? (
        <p className="muted">{t('streams.recurring.empty')}</p>
      ) : (
        <RecurringTable items={items} mayWrite={mayWrite} />
      )}
      {adding && (
        <RecurringDialog
          streamId={stream.id}
          currency={stream.currency ?? currency}
          onClose={() => setAdding(false)}
        />
      )}
    </Card>
  )
}

function RecurringTable({ items, mayWrite }: { items: readonly Recurring[]; mayWrite: boolean }): ReactNode {
  const { t, date } = usePerson()
  const queries = useQueryClient()
  const ending = useMutation({
    mutationFn: endRecurring,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['streams'] }),
  })
  const columns: Column<Recurring>[] = [
    {
      id: 'what',
      title: t('streams.money.what'),
      main: true,
      cell: ({ kind, every, note }) => (
        <span>
          {t(`streams.money.kinds.${kind}`)} · {t(`streams.recurring.every.${every}`)}{' '}
          {note !== '' && <Said>{note}</Said>}
        </span>
      ),
    },
    {
      id: 'amount',
      title: t('streams.money.amount'),
      figure: true,
      cell: ({ amount }) => <Amount of={amount} />,
    },
    {
      id: 'next',
      title: t('streams.recurring.next'),
      cell: ({ nextOn }) => (nextOn === null ? t('streams.recurring.ended') : date(`${nextOn}T12:00:00`)),
    },
    ...(mayWrite
      ? [
          {
            id: 'acts',
            title: t('action.actions'),
            bare: true,
            cell: ({ id, nextOn }: Recurring) =>
              nextOn !== null && (
                <Button
                  look="quiet"
                  small
                  isPending={ending.isPending && ending.variables === id}
                  onPress={() => ending.mutate(id)}
                >
                  {t('streams.recurring.end')}
                </Button>
              ),
          },
        ]
      : []),
  ]
  return (
    <>
      <Table label={t('streams.recurring.title')} columns={columns} rows={items} keyOf={({ id }) => id} />
      <ProblemNotice error={ending.error} />
    </>
  )
}

type Wish = Pick<Recurring, 'kind' | 'every' | 'beginsOn' | 'note'> & { amount: string }

type DialogProps = { streamId: string; currency: CurrencyCode; onClose: () => void }

function RecurringDialog({ streamId, currency, onClose }: DialogProps): ReactNode {
  const { t } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const draft = useDraft<Wish>(
    { kind: 'income', amount: '', every: 'month', beginsOn: today(), note: '' },
    `new-recurring.${streamId}`,
  )
  const { kind, every, beginsOn, note } = draft.value
  const typed = readAmount(draft.value.amount, currency)
  const { amountMinor } = typed
  const saving = useMutation({
    mutationFn: (allowOverlap: boolean) =>
      addRecurring({
        streamId,
        kind,
        amount: { amount: (amountMinor ?? 0n).toString(), currency },
        every,
        beginsOn,
        endsOn: null,
        note,
        costKind: 'other',
        allowOverlap,
      }),
    onSuccess: async () => {
      draft.reset()
      notify(t('streams.recurring.added'))
      await queries.invalidateQueries({ queryKey: ['streams'] })
      onClose()
    },
  })
  const overlaps = isProblem(saving.error) && saving.error.problem.type.endsWith('#recurring-overlaps')
  return (
    <Dialog title={t('streams.recurring.add')} isOpen onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate(overlaps)
        }}
      >
        <DraftGuard draft={draft} isSent={saving.isPending || saving.isSuccess} />
        <Segments
          label={t('streams.money.way')}
          choices={(['income', 'cost'] as const).map((id) => ({ id, label: t(`streams.money.kinds.${id}`) }))}
          value={kind}
          onChange={(id) => draft.change({ kind: id })}
        />
        <MoneyField
          label={t('streams.money.amount')}
          value={typed}
          currency={currency}
          onChange={({ text }) => draft.change({ amount: text })}
        />
        <Select
          label={t('streams.recurring.how-often')}
          choices={EVERY.map((id) => ({ id, label: t(`streams.recurring.every.${id}`) }))}
          value={every}
          onChange={(id) => draft.change({ every: id })}
        />
        <TextField
          label={t('streams.recurring.from')}
          hint={t('streams.recurring.from-hint')}
          type="date"
          direction="ltr"
          value={beginsOn}
          onChange={(day) => draft.change({ beginsOn: day })}
          wrong={wrongAt(saving.error, '/beginsOn')}
        />
        <TextField
          label={t('streams.money.note')}
          optional
          maxLength={200}
          value={note}
          onChange={(text) => draft.change({ note: text })}
        />
        <ProblemNotice error={saving.error} />
        <div className="actions">
          <Button onPress={onClose}>{t('common.action.cancel')}</Button>
          <Button
            type="submit"
            look="primary"
            isPending={saving.isPending}
            isDisabled={amountMinor === undefined || amountMinor <= 0n || beginsOn === ''}
          >
            {t(overlaps ? 'streams.recurring.anyway' : 'streams.recurring.add')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
