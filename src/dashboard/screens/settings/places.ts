import { intlTag, type Locale } from '../../../shared/locale.ts'
import type { Choice } from '../../ui/choice-fields.tsx'

// ISO 3166-1 alpha-2. Intl gives names to codes, but no list of them.
const codes =
  'AD AE AF AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HK HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS YE ZA ZM ZW'.split(
    ' ',
  )

/** The countries by their names in a language, in its order. */
export function countryChoices(locale: Locale): Choice<string>[] {
  const names = new Intl.DisplayNames(intlTag(locale), { type: 'region' })
  const order = new Intl.Collator(locale, { sensitivity: 'base' })
  const all = codes.map((id) => ({ id, label: names.of(id) ?? id }))
  return [{ id: '', label: '—' }, ...all.toSorted((one, other) => order.compare(one.label, other.label))]
}

/** The time zones that this browser knows, with the one that is set. */
export function timeZoneChoices(locale: Locale, set: string): Choice<string>[] {
  const zones = new Set([set, ...Intl.supportedValuesOf('timeZone')])
  return [...zones].map((id) => ({ id, label: zoneName(id, locale) }))
}

function zoneName(zone: string, locale: Locale): string {
  const city = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone
  const parts = new Intl.DateTimeFormat(intlTag(locale), {
    timeZone: zone,
    timeZoneName: 'longGeneric',
  }).formatToParts()
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value
  return name === undefined ? zone : `${name} (${city})`
}
