import { Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { intlTag } from '../../../shared/locale.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/choice-fields.tsx'
import { TextField } from '../../ui/fields.tsx'
import { MoneyField } from '../../ui/money-field.tsx'
import { Card } from '../../ui/page.tsx'
import { WHENS, type CostRow } from './living-costs-draft.ts'

type StepProps = {
  step: CostRow['step']
  currency: CurrencyCode
  rows: readonly CostRow[]
  monthly: bigint
  onChange: (row: CostRow) => void
  onRemove: (key: number) => void
  onAdd: () => void
}

/** The costs of one step of the ladder. */
export function LivingCostsStep(props: StepProps): ReactNode {
  const { step, currency, rows, monthly, onChange, onRemove, onAdd } = props
  const { t, money } = usePerson()
  return (
    <Card
      title={t(`coverage.step.${step}`)}
      actions={
        <span className="muted small">
          {t('living.monthly')} <bdi>{money({ amount: monthly.toString(), currency })}</bdi>
        </span>
      }
    >
      <p className="hint">{t(`living.step-hint.${step}`)}</p>
      <div className="cost-rows">
        {rows.map((row) => (
          <Cost
            key={row.key}
            row={row}
            currency={currency}
            onChange={onChange}
            onRemove={() => onRemove(row.key)}
          />
        ))}
      </div>
      <div>
        <Button small icon={Plus} onPress={onAdd}>
          {t('living.add')}
        </Button>
      </div>
    </Card>
  )
}

function Cost(props: {
  row: CostRow
  currency: CurrencyCode
  onChange: (row: CostRow) => void
  onRemove: () => void
}): ReactNode {
  const { row, currency, onChange, onRemove } = props
  const { t, preferences } = usePerson()
  return (
    <div className="cost-row">
      <TextField
        label={t('living.label')}
        optional
        maxLength={60}
        placeholder={t(`living.example.${row.when === 'monthly' ? row.step : row.when}`)}
        value={row.label}
        onChange={(label) => onChange({ ...row, label })}
      />
      <MoneyField
        label={t('living.amount')}
        currency={currency}
        value={row.amount}
        onChange={(amount) => onChange({ ...row, amount })}
      />
      <Select
        label={t('living.when')}
        choices={WHENS.map((id) => ({ id, label: t(`living.whens.${id}`) }))}
        value={row.when}
        onChange={(when) => onChange({ ...row, when })}
      />
      {row.when === 'month' ? (
        <Select
          label={t('coverage.month')}
          choices={monthChoices(intlTag(preferences.locale))}
          value={String(row.month)}
          onChange={(month) => onChange({ ...row, month: Number(month) })}
        />
      ) : (
        <span />
      )}
      <div className="end">
        <Button look="quiet" icon={Trash2} label={t('living.remove')} onPress={onRemove} />
      </div>
    </div>
  )
}

function monthChoices(tag: string): { id: string; label: string }[] {
  const name = new Intl.DateTimeFormat(tag, { month: 'long', timeZone: 'UTC', calendar: 'gregory' })
  return Array.from({ length: 12 }, (_, at) => ({
    id: String(at + 1),
    label: name.format(new Date(Date.UTC(2026, at, 15))),
  }))
}
