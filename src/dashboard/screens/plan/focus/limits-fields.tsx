import { Suspense, type ReactNode } from 'react'
import type { BeginAdvised } from '../../../api/assessment.ts'
import { wrongAt } from '../../../api/errors-of.ts'
import type { CurrencyCode } from '../../../../shared/currencies.ts'
import { toApi } from '../../../../shared/money.ts'
import { parseWhole } from '../../../../shared/parse-number.ts'
import { useText } from '../../../text/person.tsx'
import { CurrencyField } from '../../../ui/currency-field.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { MoneyField, type TypedAmount } from '../../../ui/money-field.tsx'
import { Measures } from './measures.tsx'

/** The limits of a stream as they are typed. */
export type TypedLimits = {
  killOn: string
  currency: CurrencyCode
  lossCap: TypedAmount
  amount: TypedAmount
  months: string
  of: string
  upkeepHours: string
}

/** Limits to begin with; the sums are the person's own. */
export function emptyLimits(killOn: string, currency: CurrencyCode): TypedLimits {
  const nothing = { text: '', amountMinor: undefined }
  return { killOn, currency, lossCap: nothing, amount: nothing, months: '3', of: '4', upkeepHours: '20' }
}

/** What the API is to be sent; undefined while something is missing. */
export function readLimits(
  typed: TypedLimits,
): Pick<BeginAdvised, 'killOn' | 'lossCap' | 'rule'> | undefined {
  const { killOn, currency, lossCap, amount } = typed
  const [months, of, upkeepHours] = [typed.months, typed.of, typed.upkeepHours].map(parseWhole)
  if (killOn === '' || lossCap.amountMinor === undefined || amount.amountMinor === undefined) return undefined
  if (months === undefined || of === undefined || upkeepHours === undefined) return undefined
  return {
    killOn,
    lossCap: toApi({ amountMinor: lossCap.amountMinor, currency }),
    rule: { months, of, amount: toApi({ amountMinor: amount.amountMinor, currency }), upkeepHours },
  }
}

/** Kill date, loss cap, and the rule by which a stream is stable. */
export function LimitsFields(props: {
  value: TypedLimits
  error: unknown
  fixedCurrency?: boolean
  onChange: (value: TypedLimits) => void
}): ReactNode {
  const { value, error, fixedCurrency = false, onChange } = props
  const t = useText()
  const change = (part: Partial<TypedLimits>) => onChange({ ...value, ...part })
  return (
    <>
      <div className="columns">
        <TextField
          label={t('focus.kill-on')}
          hint={t('focus.kill-on-hint')}
          type="date"
          direction="ltr"
          isRequired
          value={value.killOn}
          onChange={(killOn) => change({ killOn })}
          wrong={wrongAt(error, '/killOn')}
        />
        {!fixedCurrency && (
          <CurrencyField
            label={t('focus.currency')}
            value={value.currency}
            onChange={(currency) =>
              change({
                currency,
                lossCap: { text: '', amountMinor: undefined },
                amount: { text: '', amountMinor: undefined },
              })
            }
          />
        )}
        <MoneyField
          label={t('focus.loss-cap')}
          hint={t('focus.loss-cap-hint')}
          currency={value.currency}
          value={value.lossCap}
          onChange={(lossCap) => change({ lossCap })}
          wrong={wrongAt(error, '/lossCap', true)}
        />
      </div>
      <fieldset className="group">
        <legend>{t('focus.rule')}</legend>
        <p className="hint">{t('focus.rule-hint')}</p>
        <Suspense fallback={null}>
          <Measures value={value} fixedCurrency={fixedCurrency} onChange={change} />
        </Suspense>
        <div className="columns">
          <MoneyField
            label={t('focus.rule-amount')}
            currency={value.currency}
            value={value.amount}
            onChange={(amount) => change({ amount })}
            wrong={wrongAt(error, '/rule/amount', true)}
          />
          <Whole
            label={t('focus.rule-months')}
            value={value.months}
            wrong={wrongAt(error, '/rule/months')}
            onChange={(months) => change({ months })}
          />
          <Whole
            label={t('focus.rule-of')}
            value={value.of}
            wrong={wrongAt(error, '/rule/of')}
            onChange={(of) => change({ of })}
          />
          <Whole
            label={t('focus.rule-hours')}
            value={value.upkeepHours}
            wrong={wrongAt(error, '/rule/upkeepHours')}
            onChange={(upkeepHours) => change({ upkeepHours })}
          />
        </div>
      </fieldset>
    </>
  )
}

function Whole(props: {
  label: string
  value: string
  wrong: string | undefined
  onChange: (text: string) => void
}): ReactNode {
  return <TextField {...props} direction="ltr" inputMode="numeric" autoComplete="off" isRequired />
}
