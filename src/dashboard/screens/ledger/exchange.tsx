import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { toIsoDate } from '../../../shared/dates.ts'
import { storeQuery } from '../../api/catalog.ts'
import { newKey } from '../../api/client-key.ts'
import { chartQuery, exchange } from '../../api/ledger.ts'
import { usePerson, useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { SearchSelect } from '../../ui/choice-fields.tsx'
import { CurrencyField } from '../../ui/currency-field.tsx'
import { TextField } from '../../ui/fields.tsx'
import { MoneyField, readAmount } from '../../ui/money-field.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'

type Side = { account: string; currency: CurrencyCode; text: string }

type Draft = { from: Side; to: Side; date: string; memo: string; key: string }

/** Money of one currency that became money of another: both amounts, as the bank says them. */
export function Exchange(): ReactNode {
  const { t } = usePerson()
  const { data: store } = useSuspenseQuery(storeQuery)
  const own = store.currencies[0] ?? 'SAR'
  const [draft, setDraft] = useState<Draft>(() => ({
    from: { account: '1100', currency: own === 'USD' ? 'SAR' : 'USD', text: '' },
    to: { account: '1100', currency: own, text: '' },
    date: '',
    memo: '',
    key: newKey(),
  }))
  // One key for what the form says now: pressing twice posts once.
  const put = (part: Partial<Draft>) => setDraft({ ...draft, ...part, key: newKey() })
  const posting = usePosting(draft, { own, today: toIsoDate(new Date(), store.timeZone) })
  const { from, to, date, memo } = draft
  const ready = amountOf(from) !== undefined && amountOf(to) !== undefined
  return (
    <Card title={t('ledger.exchange')}>
      <p className="muted prose">{t('ledger.exchange-lead')}</p>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) posting.mutate()
        }}
      >
        <SideFields
          title={t('ledger.given')}
          side={from}
          without={to.currency}
          onChange={(next) => put({ from: next })}
        />
        <SideFields
          title={t('ledger.got')}
          side={to}
          without={from.currency}
          onChange={(next) => put({ to: next })}
        />
        <div className="columns">
          <TextField
            label={t('ledger.memo')}
            optional
            maxLength={500}
            value={memo}
            onChange={(text) => put({ memo: text })}
          />
          <TextField
            label={t('ledger.date')}
            optional
            type="date"
            direction="ltr"
            hint={t('ledger.date-hint')}
            value={date}
            onChange={(day) => put({ date: day })}
          />
        </div>
        <ProblemNotice error={posting.error} />
        <div>
          <Button type="submit" isPending={posting.isPending} isDisabled={!ready}>
            {t('ledger.exchange-post')}
          </Button>
        </div>
      </Form>
    </Card>
  )
}

/** Gains are reckoned in the store's own currency, where it is one of the two. */
function usePosting(
  { from, to, date, memo, key }: Draft,
  { own, today }: { own: CurrencyCode; today: string },
) {
  const t = useText()
  const notify = useNotify()
  const navigate = useNavigate()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () =>
      exchange(
        {
          from: { account: from.account, amount: amountOf(from) },
          to: { account: to.account, amount: amountOf(to) },
          ...([from.currency, to.currency].includes(own) && { base: own }),
          memo,
          ...(date === '' || date === today ? {} : { effectiveAt: new Date(`${date}T12:00`).toISOString() }),
        },
        key,
      ),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['ledger'] })
      notify(t('ledger.posted'))
      return navigate({ to: '/ledger/entries/$entryId', params: { entryId: id } })
    },
  })
}

function SideFields(props: {
  title: string
  side: Side
  without: CurrencyCode
  onChange: (side: Side) => void
}): ReactNode {
  const { title, side, without, onChange } = props
  const { t, pick } = usePerson()
  const { data: chart } = useSuspenseQuery(chartQuery)
  const accounts = useMemo(
    () =>
      chart.items
        .filter(({ type }) => type === 'asset' || type === 'liability')
        .map(({ code, name }) => ({ id: code, label: `${code} · ${pick(name)}` })),
    [chart, pick],
  )
  return (
    <fieldset className="group">
      <legend>{title}</legend>
      <div className="columns">
        <SearchSelect
          label={t('ledger.account')}
          choices={accounts}
          value={side.account}
          onChange={(account) => onChange({ ...side, account })}
        />
        <CurrencyField
          label={t('overview.currency')}
          value={side.currency}
          without={[without]}
          onChange={(currency) => onChange({ ...side, currency })}
        />
        <MoneyField
          label={t('ledger.amount')}
          currency={side.currency}
          value={readAmount(side.text, side.currency)}
          onChange={({ text }) => onChange({ ...side, text })}
        />
      </div>
    </fieldset>
  )
}

function amountOf({ text, currency }: Side): { amount: string; currency: CurrencyCode } | undefined {
  const { amountMinor } = readAmount(text, currency)
  return amountMinor === undefined || amountMinor <= 0n
    ? undefined
    : { amount: amountMinor.toString(), currency }
}
