import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Form } from 'react-aria-components'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { newKey } from '../../api/client-key.ts'
import { wrongAt } from '../../api/errors-of.ts'
import {
  correctMoney,
  enterMoney,
  type IncomeStream,
  type MoneyEntry,
  type NewMoney,
} from '../../api/streams.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/choice-fields.tsx'
import { CurrencyField } from '../../ui/currency-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { MoneyField, readAmount, typedAmount } from '../../ui/money-field.tsx'
import { Segments } from '../../ui/segments.tsx'
import { ProblemNotice } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { DraftGuard } from '../../ui/unsaved.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { today } from './today.ts'

type Draft = {
  streamId: string
  kind: NewMoney['kind']
  /** The amount as it was typed. */
  amount: string
  currency: CurrencyCode
  on: string
  note: string
  costKind: NewMoney['costKind']
  /** One wish, one key: sent again after a lost answer, it is there once. Empty as long as no amount is typed. */
  key: string
}

const COST_KINDS: readonly NewMoney['costKind'][] = [
  'other',
  'fees',
  'advertising',
  'tools',
  'contractors',
  'goods',
]

/** Income or a cost in ten seconds: amount, stream, today. With an entry, that one is corrected. */
export function MoneyDialog(props: {
  streams: readonly IncomeStream[]
  streamId?: string
  currency: CurrencyCode
  correcting?: MoneyEntry
  onClose: () => void
}): ReactNode {
  const { streams, correcting, onClose } = props
  const { t } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const kept = useDraft(draftOf(props), `money.${correcting?.id ?? props.streamId ?? 'new'}`)
  const draft = kept.value
  const change = (part: Partial<Draft>) =>
    kept.change({ ...part, key: (part.amount ?? draft.amount) === '' ? '' : newKey() })
  const { amountMinor } = readAmount(draft.amount, draft.currency)
  const saving = useMutation({
    mutationFn: () => {
      const money = moneyOf(draft, amountMinor ?? 0n)
      return correcting === undefined
        ? enterMoney(draft.streamId, money, draft.key)
        : correctMoney({ id: draft.streamId, entryId: correcting.id }, money, draft.key)
    },
    onSuccess: async () => {
      kept.reset()
      notify(t(correcting === undefined ? 'streams.money.entered' : 'streams.money.corrected'))
      await queries.invalidateQueries({ queryKey: ['streams'] })
      onClose()
    },
  })
  return (
    <Dialog
      title={t(correcting === undefined ? 'streams.money.enter' : 'streams.money.correct')}
      isOpen
      onClose={onClose}
    >
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <DraftGuard draft={kept} isSent={saving.isPending || saving.isSuccess} />
        <Fields {...{ draft, change, streams }} fixed={correcting !== undefined} error={saving.error} />
        <ProblemNotice error={saving.error} />
        <div className="actions">
          <Button onPress={onClose}>{t('common.action.cancel')}</Button>
          <Button
            type="submit"
            look="primary"
            isPending={saving.isPending}
            isDisabled={
              amountMinor === undefined || amountMinor <= 0n || draft.streamId === '' || draft.key === ''
            }
          >
            {t('streams.money.do')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

type FieldsProps = {
  draft: Draft
  change: (part: Partial<Draft>) => void
  streams: readonly IncomeStream[]
  fixed: boolean
  error: unknown
}

function Fields({ draft, change, streams, fixed, error }: FieldsProps): ReactNode {
  const { t } = usePerson()
  const choose = (streamId: string) => {
    const currency = streams.find(({ id }) => id === streamId)?.currency ?? draft.currency
    change({ streamId, currency })
  }
  return (
    <>
      <Segments
        label={t('streams.money.way')}
        choices={(['income', 'cost'] as const).map((id) => ({ id, label: t(`streams.money.kinds.${id}`) }))}
        value={draft.kind}
        onChange={(kind) => change({ kind })}
      />
      <MoneyField
        // Whoever opened the window has an amount in mind.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        label={t('streams.money.amount')}
        value={readAmount(draft.amount, draft.currency)}
        currency={draft.currency}
        onChange={({ text }) => change({ amount: text })}
        wrong={wrongAt(error, '/amount/amount')}
      />
      {!fixed && (
        <Select
          label={t('streams.stream')}
          choices={streams.map(({ id, name }) => ({ id, label: name }))}
          value={draft.streamId}
          onChange={choose}
        />
      )}
      <TextField
        label={t('streams.money.on')}
        type="date"
        direction="ltr"
        isRequired
        value={draft.on}
        onChange={(on) => change({ on })}
        wrong={wrongAt(error, '/on')}
      />
      <details>
        <summary>{t('streams.more')}</summary>
        <div className="stack" style={{ paddingBlockStart: 'var(--s3)' }}>
          <TextField
            label={t('streams.money.note')}
            optional
            maxLength={200}
            value={draft.note}
            onChange={(note) => change({ note })}
          />
          <CurrencyField
            label={t('streams.currency')}
            value={draft.currency}
            onChange={(currency) => change({ currency })}
          />
          {draft.kind === 'cost' && (
            <Select
              label={t('streams.money.for')}
              choices={COST_KINDS.map((id) => ({ id, label: t(`streams.costs.${id}`) }))}
              value={draft.costKind}
              onChange={(costKind) => change({ costKind })}
            />
          )}
        </div>
      </details>
    </>
  )
}

function moneyOf({ kind, currency, on, note, costKind }: Draft, amountMinor: bigint): NewMoney {
  return {
    kind,
    amount: { amount: amountMinor.toString(), currency },
    on,
    note,
    costKind,
    counterparty: '1180',
  }
}

function draftOf(props: Parameters<typeof MoneyDialog>[0]): Draft {
  const { streams, correcting } = props
  // Products feed themselves: what is entered by hand is mostly about something else.
  const first = streams.find(({ productId }) => productId === null) ?? streams[0]
  const streamId = props.streamId ?? first?.id ?? ''
  const part = correcting?.parts[0]
  const currency =
    part?.amount.currency ?? streams.find(({ id }) => id === streamId)?.currency ?? props.currency
  return {
    streamId,
    kind: part?.kind ?? 'income',
    amount: typedAmount(part === undefined ? undefined : BigInt(part.amount.amount), currency).text,
    currency,
    on: correcting?.on ?? today(),
    note: correcting?.note ?? '',
    costKind: 'other',
    key: '',
  }
}
