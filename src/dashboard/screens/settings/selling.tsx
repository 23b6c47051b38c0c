import { ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useMemo, useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { currencyName, type CurrencyCode } from '../../../shared/currencies.ts'
import type { Store, UpdateStore } from '../../api/catalog.ts'
import { wrongAt } from '../../api/errors-of.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioChoice, SearchSelect } from '../../ui/choice-fields.tsx'
import { CurrencyField } from '../../ui/currency-field.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Card } from '../../ui/page.tsx'
import { Badge, ProblemNotice } from '../../ui/show.tsx'
import { SaveBar } from '../../ui/unsaved.tsx'
import { toBasisPoints } from './basis-points.ts'
import { countryChoices, timeZoneChoices } from './places.ts'
import { useStoreDraft } from './use-store-draft.ts'

type Selling = {
  currencies: CurrencyCode[]
  /** The rate in percent as typed. */
  taxRate: string
  pricesIncludeTax: boolean
  legalName: string
  taxNumber: string
  address: { line1: string; line2: string; city: string; postcode: string }
  country: string
  timeZone: string
}

function pick(store: Store): Selling {
  const { currencies, taxRateBps, pricesIncludeTax, legalName, taxNumber, address, country, timeZone } = store
  const none = { line1: '', line2: '', city: '', postcode: '' }
  return {
    currencies,
    taxRate: String(taxRateBps / 100),
    pricesIncludeTax,
    legalName,
    taxNumber,
    address: address ?? none,
    country,
    timeZone,
  }
}

function send({ taxRate, address, ...changed }: Partial<Selling>): UpdateStore | undefined {
  const taxRateBps = taxRate === undefined ? undefined : toBasisPoints(taxRate)
  if (taxRate !== undefined && taxRateBps === undefined) return undefined
  const blank = address !== undefined && Object.values(address).every((line) => line.trim() === '')
  return {
    ...changed,
    ...(taxRateBps === undefined ? {} : { taxRateBps }),
    ...(address === undefined ? {} : { address: blank ? null : address }),
  }
}

/** Currencies, tax, and what invoices say of the seller. */
export function SellingSettings(): ReactNode {
  const { t } = usePerson()
  const { draft, error, isPending, isWaiting, submit } = useStoreDraft(pick, send)
  const { value, change } = draft
  return (
    <Form className="stack loose" onSubmit={submit}>
      <ProblemNotice error={error} />
      <Currencies
        codes={value.currencies}
        onChange={(currencies) => change({ currencies })}
        wrong={wrongAt(error, '/currencies', true)}
      />
      <Card title={t('settings.selling.tax')}>
        <TextField
          label={t('settings.selling.rate')}
          inputMode="decimal"
          direction="ltr"
          value={value.taxRate}
          onChange={(taxRate) => change({ taxRate })}
          hint={t('settings.selling.rate-hint')}
          wrong={
            toBasisPoints(value.taxRate) === undefined
              ? t('settings.selling.rate-wrong')
              : wrongAt(error, '/taxRateBps')
          }
          affix={
            <span className="affix" aria-hidden>
              %
            </span>
          }
        />
        <RadioChoice
          label={t('settings.selling.prices')}
          value={value.pricesIncludeTax ? 'included' : 'added'}
          onChange={(id) => change({ pricesIncludeTax: id === 'included' })}
          choices={[
            { id: 'included', label: t('settings.selling.included') },
            { id: 'added', label: t('settings.selling.added') },
          ]}
        />
      </Card>
      <Legal value={value} change={change} error={error} />
      <SaveBar dirty={draft.dirty} isPending={isPending} isWaiting={isWaiting} onReset={draft.reset} />
    </Form>
  )
}

function Currencies(props: {
  codes: CurrencyCode[]
  onChange: (codes: CurrencyCode[]) => void
  wrong: string | undefined
}): ReactNode {
  const { codes, onChange, wrong } = props
  const { t, locale } = usePerson()
  const [adding, setAdding] = useState(false)
  return (
    <Card title={t('settings.selling.currencies')}>
      <p className="muted">{t('settings.selling.currencies-lead')}</p>
      {wrong !== undefined && <p className="wrong">{wrong}</p>}
      <ul className="items">
        {codes.map((code, at) => (
          <li key={code}>
            <div className="row between">
              <span>
                {currencyName(code, locale)} <span className="muted">({code})</span>{' '}
                {at === 0 && <Badge tone="accent">{t('settings.selling.first')}</Badge>}
              </span>
              <span className="row">
                {at > 0 && (
                  <Button
                    small
                    look="quiet"
                    icon={ArrowUp}
                    label={t('settings.selling.make-first', { code })}
                    onPress={() => onChange([code, ...codes.filter((other) => other !== code)])}
                  />
                )}
                {codes.length > 1 && (
                  <Button
                    small
                    look="quiet"
                    icon={Trash2}
                    label={t('settings.selling.remove-currency', { code })}
                    onPress={() => onChange(codes.filter((other) => other !== code))}
                  />
                )}
              </span>
            </div>
          </li>
        ))}
      </ul>
      {adding ? (
        <AddCurrency
          codes={codes}
          onAdd={(code) => {
            onChange([...codes, code])
            setAdding(false)
          }}
        />
      ) : (
        <div>
          <Button small icon={Plus} onPress={() => setAdding(true)}>
            {t('settings.selling.add-currency')}
          </Button>
        </div>
      )}
    </Card>
  )
}

function AddCurrency({
  codes,
  onAdd,
}: {
  codes: readonly CurrencyCode[]
  onAdd: (code: CurrencyCode) => void
}): ReactNode {
  const { t } = usePerson()
  const [code, setCode] = useState<CurrencyCode>(codes.includes('USD') ? 'EUR' : 'USD')
  return (
    <div className="row" style={{ alignItems: 'end' }}>
      <div className="grow">
        <CurrencyField
          label={t('settings.selling.add-currency')}
          value={code}
          onChange={setCode}
          without={codes}
        />
      </div>
      <Button onPress={() => onAdd(code)} isDisabled={codes.includes(code)}>
        {t('common.action.add')}
      </Button>
    </div>
  )
}

function Legal(props: {
  value: Selling
  change: (part: Partial<Selling>) => void
  error: unknown
}): ReactNode {
  const { value, change, error } = props
  const { t, locale } = usePerson()
  const { address } = value
  const place = (part: Partial<Selling['address']>) => change({ address: { ...address, ...part } })
  const zones = useMemo(() => timeZoneChoices(locale, value.timeZone), [locale, value.timeZone])
  const countries = useMemo(() => countryChoices(locale), [locale])
  return (
    <Card title={t('settings.selling.legal')}>
      <p className="muted">{t('settings.selling.legal-lead')}</p>
      <div className="columns">
        <TextField
          label={t('settings.selling.legal-name')}
          optional
          value={value.legalName}
          onChange={(legalName) => change({ legalName })}
          wrong={wrongAt(error, '/legalName')}
        />
        <TextField
          label={t('settings.selling.tax-number')}
          optional
          direction="ltr"
          value={value.taxNumber}
          onChange={(taxNumber) => change({ taxNumber })}
          wrong={wrongAt(error, '/taxNumber')}
        />
        <TextField
          label={t('settings.selling.line1')}
          optional
          autoComplete="address-line1"
          value={address.line1}
          onChange={(line1) => place({ line1 })}
          wrong={wrongAt(error, '/address/line1')}
        />
        <TextField
          label={t('settings.selling.line2')}
          optional
          autoComplete="address-line2"
          value={address.line2}
          onChange={(line2) => place({ line2 })}
        />
        <TextField
          label={t('settings.selling.city')}
          optional
          value={address.city}
          onChange={(city) => place({ city })}
          wrong={wrongAt(error, '/address/city')}
        />
        <TextField
          label={t('settings.selling.postcode')}
          optional
          direction="ltr"
          value={address.postcode}
          onChange={(postcode) => place({ postcode })}
        />
        <SearchSelect
          label={t('settings.selling.country')}
          optional
          choices={countries}
          value={value.country}
          onChange={(country) => change({ country })}
          wrong={wrongAt(error, '/country')}
        />
        <SearchSelect
          label={t('settings.selling.time-zone')}
          hint={t('settings.selling.time-zone-hint')}
          choices={zones}
          value={value.timeZone}
          onChange={(timeZone) => change({ timeZone })}
          wrong={wrongAt(error, '/timeZone')}
        />
      </div>
    </Card>
  )
}
