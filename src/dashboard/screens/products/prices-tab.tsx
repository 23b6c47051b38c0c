import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { wrongAt } from '../../api/errors-of.ts'
import { currencyName } from '../../../shared/currencies.ts'
import { usePerson } from '../../text/person.tsx'
import { RadioChoice } from '../../ui/choice-fields.tsx'
import { TextField } from '../../ui/fields.tsx'
import { MoneyField, readAmount } from '../../ui/money-field.tsx'
import { Card } from '../../ui/page.tsx'
import { faultOfPrice, stockOf, type PriceDraft } from './product-draft.ts'
import type { TabProps } from './product.tsx'

const modes = ['fixed', 'chosen', 'free'] as const

/** What a product costs in each of the store's currencies, and how many copies there are. */
export function PricesTab({ product, draft, error }: TabProps): ReactNode {
  const { t } = usePerson()
  const { value, change } = draft
  const { mode, rows } = value.prices
  const put = (row: PriceDraft) =>
    change({ prices: { mode, rows: rows.map((old) => (old.currency === row.currency ? row : old)) } })
  return (
    <div className="stack loose">
      <Card title={t('products.price')}>
        <RadioChoice
          label={t('products.price-mode')}
          choices={modes.map((id) => ({
            id,
            label: t(`products.mode.${id}`),
            hint: t(`products.mode-hint.${id}`),
          }))}
          value={mode}
          onChange={(id) => change({ prices: { mode: id, rows } })}
        />
        {mode !== 'free' &&
          rows.map((row) => <PriceRow key={row.currency} mode={mode} row={row} onChange={put} />)}
        <p className="hint">
          {t('products.currencies-hint')} <Link to="/settings/selling">{t('products.currencies-link')}</Link>
        </p>
      </Card>
      <Card title={t('products.stock')}>
        <TextField
          label={t('products.stock-limit')}
          optional
          inputMode="numeric"
          direction="ltr"
          value={value.stock}
          onChange={(stock) => change({ stock })}
          hint={t('products.stock-hint')}
          wrong={stockOf(value.stock) === undefined ? t('field.not-a-number') : wrongAt(error, '/limit')}
        />
        {product.stock !== null && (
          <p className="muted">
            {t('products.stock-state', {
              sold: product.stock.sold,
              left: product.stock.left,
              reserved: product.stock.reserved,
            })}
          </p>
        )}
      </Card>
    </div>
  )
}

function PriceRow(props: {
  mode: 'fixed' | 'chosen'
  row: PriceDraft
  onChange: (row: PriceDraft) => void
}): ReactNode {
  const { mode, row, onChange } = props
  const { t, locale } = usePerson()
  const { currency, amount, suggested } = row
  // What cannot be read is said by the field itself once it is left.
  const fault = faultOfPrice(mode, row)
  const name = currencyName(currency, locale)
  return (
    <div className="columns">
      <MoneyField
        label={t(mode === 'fixed' ? 'products.price-in' : 'products.minimum-in', { currency: name })}
        {...(mode === 'chosen' ? { hint: t('products.minimum-hint') } : {})}
        currency={currency}
        value={readAmount(amount, currency)}
        onChange={({ text }) => onChange({ ...row, amount: text })}
        wrong={fault.amount === 'not-zero' ? t('products.price-not-zero') : undefined}
      />
      {mode === 'chosen' && (
        <MoneyField
          label={t('products.suggested-in', { currency: name })}
          optional
          hint={t('products.suggested-hint')}
          currency={currency}
          value={readAmount(suggested, currency)}
          onChange={({ text }) => onChange({ ...row, suggested: text })}
          wrong={fault.suggested === 'below-minimum' ? t('products.below-minimum') : undefined}
        />
      )}
    </div>
  )
}
