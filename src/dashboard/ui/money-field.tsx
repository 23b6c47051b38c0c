import { useState, type ReactNode } from 'react'
import type { CurrencyCode } from '../../shared/currencies.ts'
import { toDecimalString } from '../../shared/money.ts'
import { parseMoney } from '../../shared/parse-money.ts'
import { useText } from '../text/person.tsx'
import { TextField, type FieldWords } from './fields.tsx'

/** What was typed for an amount: nothing, an amount in minor units, or something that is none. */
export type TypedAmount = { text: string; amountMinor: bigint | undefined }

/** The typed form of an amount, as a field starts with it. */
export function typedAmount(amountMinor: bigint | undefined, currency: CurrencyCode): TypedAmount {
  return { text: amountMinor === undefined ? '' : toDecimalString({ amountMinor, currency }), amountMinor }
}

/** Whether something was typed that is no amount. */
export function isUnreadable(typed: TypedAmount): boolean {
  return typed.text.trim() !== '' && typed.amountMinor === undefined
}

/** An amount of money as people type it, in either script's digits. It is read while typing and judged on leaving. */
export function MoneyField(
  props: FieldWords & {
    value: TypedAmount
    currency: CurrencyCode
    onChange: (typed: TypedAmount) => void
    allowNegative?: boolean
    autoFocus?: boolean
  },
): ReactNode {
  const { value, currency, onChange, allowNegative = false, wrong, ...words } = props
  const t = useText()
  const [left, setLeft] = useState(false)
  const unreadable = left && isUnreadable(value) ? t('field.not-an-amount') : undefined
  return (
    <TextField
      {...words}
      wrong={wrong ?? unreadable}
      value={value.text}
      inputMode="decimal"
      autoComplete="off"
      direction="ltr"
      affix={
        <span className="affix" aria-hidden>
          {currency}
        </span>
      }
      onFocus={() => setLeft(false)}
      onBlur={() => setLeft(true)}
      onChange={(text) => onChange(readAmount(text, currency, allowNegative))}
    />
  )
}

/** What a text says as an amount of a currency. */
export function readAmount(text: string, currency: CurrencyCode, allowNegative = false): TypedAmount {
  const amountMinor = parseMoney(text, currency)?.amountMinor
  const refused = amountMinor !== undefined && amountMinor < 0n && !allowNegative
  return { text, amountMinor: refused ? undefined : amountMinor }
}
