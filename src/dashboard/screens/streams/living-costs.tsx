import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { livingCostsQuery, moneySettingsQuery, setLivingCosts, type LivingCosts } from '../../api/coverage.ts'
import { useRight } from '../../api/session.ts'
import '../../styles/coverage.css'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { CurrencyField } from '../../ui/currency-field.tsx'
import { isUnreadable, readAmount } from '../../ui/money-field.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { UnsavedGuard } from '../../ui/unsaved.tsx'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { CostLadders, SinceFields, type Since } from './living-costs-dates.tsx'
import { emptyRow, itemsOf, monthlyOf, startingRows, STEPS, type CostRow } from './living-costs-draft.ts'
import { LivingCostsStep } from './living-costs-step.tsx'
import { today } from './today.ts'

/** What life costs, step by step, on one screen; and since when. */
export function LivingCostsScreen(): ReactNode {
  const { month } = useSearch({ from: '/inside/streams-frame/streams/living-costs' })
  const { data: saved } = useSuspenseQuery(livingCostsQuery(month))
  const { data: settings } = useSuspenseQuery(moneySettingsQuery)
  return (
    <>
      <Costs key={saved.from} saved={saved} currency={saved.currency ?? settings.currency ?? 'SAR'} />
      <CostLadders saved={saved} />
    </>
  )
}

function Costs({ saved, currency: first }: { saved: LivingCosts; currency: CurrencyCode }): ReactNode {
  const { t, money } = usePerson()
  const mayWrite = useRight('streams:write')
  const [currency, setCurrency] = useState(first)
  const [rows, setRows] = useState(() => startingRows(saved))
  const [since, setSince] = useState<Since>({
    way: saved.from === null ? 'new' : 'correct',
    month: today().slice(0, 7),
  })
  const [touched, setTouched] = useState(false)
  const saving = useSavingCosts(() => setTouched(false))
  const change = (next: CostRow[]) => {
    setTouched(true)
    setRows(next)
  }
  const total = STEPS.reduce((sum, step) => sum + monthlyOf(rows, step), 0n)
  const changeCurrency = (code: CurrencyCode) => {
    setCurrency(code)
    change(rows.map((row) => ({ ...row, amount: readAmount(row.amount.text, code) })))
  }
  const save = () => {
    const from = since.way === 'new' || saved.from === null ? since.month : saved.from
    saving.mutate({ from, items: itemsOf(rows, currency) })
  }
  return (
    <Form
      className="stack loose"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <UnsavedGuard dirty={touched && !saving.isPending && !saving.isSuccess} />
      <Card title={t('living.title')}>
        <p className="muted prose">{t('living.lead')}</p>
        <div className="columns">
          <CurrencyField label={t('living.currency')} value={currency} onChange={changeCurrency} />
        </div>
      </Card>
      {STEPS.map((step) => (
        <LivingCostsStep
          key={step}
          step={step}
          currency={currency}
          rows={rows.filter((row) => row.step === step)}
          monthly={monthlyOf(rows, step)}
          onChange={(row) => change(rows.map((one) => (one.key === row.key ? row : one)))}
          onRemove={(key) => change(rows.filter((one) => one.key !== key))}
          onAdd={() => change([...rows, emptyRow(Math.max(0, ...rows.map(({ key }) => key)) + 1, { step })])}
        />
      ))}
      {mayWrite && <SinceFields saved={saved} value={since} onChange={setSince} />}
      <ProblemNotice error={saving.error} />
      <div className="row between">
        <p>
          {t('living.total')} <bdi className="amount">{money({ amount: total.toString(), currency })}</bdi>
        </p>
        {mayWrite && (
          <Button
            type="submit"
            look="primary"
            isPending={saving.isPending}
            isDisabled={rows.some(({ amount }) => isUnreadable(amount))}
          >
            {t('living.save')}
          </Button>
        )}
      </div>
    </Form>
  )
}

/** Saves costs, and shows what they cover. */
function useSavingCosts(onSaved: () => void) {
  const { t } = usePerson()
  const notify = useNotify()
  const navigate = useNavigate()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: setLivingCosts,
    onSuccess: async () => {
      onSaved()
      notify(t('living.saved'))
      await queries.invalidateQueries({ queryKey: ['streams'] })
      await navigate({ to: '/streams/coverage' })
    },
  })
}
