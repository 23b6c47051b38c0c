import { useMemo, type ReactNode } from 'react'
import { currencyCodes, currencyName, type CurrencyCode } from '../../shared/currencies.ts'
import { usePerson } from '../text/person.tsx'
import { SearchSelect } from './choice-fields.tsx'
import type { FieldWords } from './fields.tsx'

/** Currencies of the region come first; then the others by code. */
const near: readonly CurrencyCode[] = [
  'SAR',
  'AED',
  'EGP',
  'KWD',
  'QAR',
  'BHD',
  'OMR',
  'JOD',
  'IQD',
  'MAD',
  'TND',
  'DZD',
  'USD',
  'EUR',
  'GBP',
  'TRY',
]

/** One of all currencies, found by code or name. */
export function CurrencyField(
  props: FieldWords & {
    value: CurrencyCode
    onChange: (code: CurrencyCode) => void
    without?: readonly CurrencyCode[]
  },
): ReactNode {
  const { without, ...rest } = props
  const { locale } = usePerson()
  const choices = useMemo(() => {
    const all = [...near, ...currencyCodes.filter((code) => !near.includes(code))]
    return all
      .filter((code) => without?.includes(code) !== true)
      .map((id) => ({ id, label: `${currencyName(id, locale)} (${id})` }))
  }, [locale, without])
  return <SearchSelect {...rest} choices={choices} />
}
