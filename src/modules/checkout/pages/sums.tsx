/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { t } from '../../../platform/i18n/index.ts'
import type { Locale } from '../../../shared/locale.ts'
import type { ApiMoney } from '../../../shared/money.ts'
import { Amount } from '../../../storefront/components/parts.tsx'
import { rateWords } from '../../../storefront/money-words.ts'

/** The figures of a cart or an order. */
export type Figures = {
  net: ApiMoney
  tax: ApiMoney
  total: ApiMoney
  taxRateBps: number
  pricesIncludeTax: boolean
}

/** Total and tax: the tax as a part of the total where prices include it, else as added to it. */
export function Sums({ figures, locale }: { figures: Figures; locale: Locale }): JSX.Element {
  const { net, tax, total, taxRateBps, pricesIncludeTax } = figures
  const taxed = tax.amount !== '0'
  const rate = rateWords(taxRateBps, locale)
  return (
    <dl class="sum">
      {taxed && !pricesIncludeTax && (
        <>
          <Row name={t(locale, 'storefront.cart.subtotal')} money={net} locale={locale} />
          <Row name={t(locale, 'storefront.cart.tax', { rate })} money={tax} locale={locale} />
        </>
      )}
      <Row name={t(locale, 'storefront.cart.total')} money={total} locale={locale} style="total" />
      {taxed && pricesIncludeTax && (
        <Row
          name={t(locale, 'storefront.cart.tax-within', { rate })}
          money={tax}
          locale={locale}
          style="muted small"
        />
      )}
    </dl>
  )
}

function Row(props: { name: string; money: ApiMoney; locale: Locale; style?: string }): JSX.Element {
  return (
    <div {...(props.style === undefined ? {} : { class: props.style })}>
      <dt>{props.name}</dt>
      <dd>
        <Amount money={props.money} locale={props.locale} />
      </dd>
    </div>
  )
}
