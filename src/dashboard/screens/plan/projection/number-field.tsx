import { useId, useState, type ReactNode } from 'react'
import type { CurrencyCode } from '../../../../shared/currencies.ts'
import { fromApi, type ApiMoney } from '../../../../shared/money.ts'
import { parseNumber } from '../../../../shared/parse-number.ts'
import { useText } from '../../../text/person.tsx'
import { TextField, type FieldWords } from '../../../ui/fields.tsx'
import { MoneyField, typedAmount } from '../../../ui/money-field.tsx'

/** A number as people type it; `times` is what it is shown multiplied by, 100 for shares. */
export function NumberField(
  props: FieldWords & {
    value: number | undefined
    onChange: (value: number) => void
    times?: number
    affix?: string
    least?: number
    most?: number
  },
): ReactNode {
  const { value, onChange, times = 1, affix, least, most, wrong, ...words } = props
  const t = useText()
  const shown = value === undefined ? '' : String(Number((value * times).toPrecision(12)))
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const text = typed ?? shown
  const read = parseNumber(text)
  const isOutside =
    read !== undefined &&
    ((least !== undefined && read < least * times) || (most !== undefined && read > most * times))
  const fault = typed !== undefined && typed !== '' && (read === undefined || isOutside)
  return (
    <TextField
      {...words}
      wrong={wrong ?? (fault ? t('plan.field.not-a-number') : undefined)}
      value={text}
      inputMode="decimal"
      autoComplete="off"
      direction="ltr"
      {...(affix === undefined
        ? {}
        : {
            affix: (
              <span className="affix" aria-hidden>
                {affix}
              </span>
            ),
          })}
      onChange={(next) => {
        setTyped(next)
        const number = parseNumber(next)
        if (number !== undefined) onChange(number / times)
      }}
      onBlur={() => setTyped(undefined)}
    />
  )
}

/** An amount of the plan. */
export function AmountField(
  props: FieldWords & { value: ApiMoney; currency: CurrencyCode; onChange: (money: ApiMoney) => void },
): ReactNode {
  const { value, currency, onChange, ...words } = props
  const [typed, setTyped] = useState(() => typedAmount(fromApi(value).amountMinor, currency))
  const isSame = typed.amountMinor === BigInt(value.amount)
  const shown =
    isSame || typed.amountMinor === undefined ? typed : typedAmount(BigInt(value.amount), currency)
  return (
    <MoneyField
      {...words}
      currency={currency}
      value={shown}
      onChange={(next) => {
        setTyped(next)
        if (next.amountMinor !== undefined) onChange({ amount: String(next.amountMinor), currency })
      }}
    />
  )
}

/** A slider that says its value; it answers while one drags. */
export function Slider(props: {
  label: string
  value: number
  least: number
  most: number
  step: number
  worded: string
  onChange: (value: number) => void
}): ReactNode {
  const { label, value, least, most, step, worded, onChange } = props
  const id = useId()
  return (
    <div className="slide">
      <div className="row between">
        <label className="label" htmlFor={id}>
          {label}
        </label>
        <bdi className="amount">{worded}</bdi>
      </div>
      <input
        id={id}
        type="range"
        min={least}
        max={most}
        step={step}
        value={value}
        aria-valuetext={worded}
        onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}
      />
    </div>
  )
}
