/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { t } from '../../../platform/i18n/index.ts'
import type { Locale } from '../../../shared/locale.ts'
import { fromApi, toDecimalString } from '../../../shared/money.ts'
import { parseMoney } from '../../../shared/parse-money.ts'
import { Field } from '../../../storefront/components/parts.tsx'
import { currencySymbol, moneyWords } from '../../../storefront/money-words.ts'
import type { Price } from '../schema.ts'

/** What a visitor typed as their price, and why it was not taken. */
export type TypedPrice = { typed: string; problem: PriceProblem }

/** Why a typed price was not taken; `storefront.error.<name>` says it to people. */
export type PriceProblem = 'amount-missing' | 'amount-wrong' | 'amount-low'

const problems: readonly PriceProblem[] = ['amount-missing', 'amount-wrong', 'amount-low']

/** The problem of that name, or undefined; for what comes back in an address. */
export function asPriceProblem(name: string | undefined): PriceProblem | undefined {
  return problems.find((problem) => problem === name)
}

type Chosen = Extract<Price, { mode: 'chosen' }>

/** The minor units that a visitor typed as their price, or why they cannot be taken; nothing where the price is not theirs to choose. */
export function readChosenPrice(
  price: Price | undefined,
  typed: string,
): { chosenMinor?: string } | { problem: PriceProblem } {
  if (price?.mode !== 'chosen') return {}
  if (typed.trim() === '') return { problem: 'amount-missing' }
  const money = parseMoney(typed, price.minimum.currency)
  if (money === undefined || money.amountMinor < 0n || money.amountMinor >= 10n ** 15n)
    return { problem: 'amount-wrong' }
  if (money.amountMinor < BigInt(price.minimum.amount)) return { problem: 'amount-low' }
  return { chosenMinor: money.amountMinor.toString() }
}

type ChosenProps = {
  price: Chosen
  locale: Locale
  /** What the visitor typed, and what is wrong with it. */
  typed?: { typed: string; problem?: PriceProblem | undefined } | undefined
  /** Distinguishes several on a page. */
  id?: string
  /** What screen readers say in the place of the label; it begins with the label's words. */
  spokenLabel?: string
  sendOnChange?: boolean
}

/** The field in which a visitor chooses their price; the suggestion stands in it to begin with. */
export function ChosenPrice({
  price,
  locale,
  typed,
  id = 'price',
  spokenLabel,
  sendOnChange = false,
}: ChosenProps): JSX.Element {
  const { minimum, suggested } = price
  const hints = [
    minimum.amount === '0'
      ? t(locale, 'storefront.product.any-amount')
      : t(locale, 'storefront.product.minimum', { price: moneyWords(minimum, locale) }),
    ...(suggested === undefined
      ? []
      : [t(locale, 'storefront.product.suggested', { price: moneyWords(suggested, locale) })]),
  ]
  const example = toDecimalString(fromApi(suggested ?? minimum))
  const values = { price: moneyWords(minimum, locale), example }
  return (
    <Field
      id={id}
      name="price"
      label={t(locale, 'storefront.product.your-price')}
      {...(spokenLabel === undefined ? {} : { spokenLabel })}
      value={typed?.typed ?? example}
      locale={locale}
      ltr
      inputmode="decimal"
      unit={currencySymbol(minimum.currency, locale)}
      hint={hints.join(' · ')}
      error={
        typed?.problem === undefined ? undefined : t(locale, `storefront.error.${typed.problem}`, values)
      }
      sendOnChange={sendOnChange}
    />
  )
}
