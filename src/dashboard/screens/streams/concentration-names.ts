import { currencyName, isCurrencyCode } from '../../../shared/currencies.ts'
import { intlTag } from '../../../shared/locale.ts'
import type { Dimension } from '../../api/coverage.ts'
import type { Text } from '../../text/messages.ts'
import type { Preferences } from '../../text/preferences.ts'

/** What a part is called in the reader's language: currencies and countries by their names, this server's own store by its own. */
export function shareName(
  { key, name }: { key: string; name: string },
  by: Dimension['by'],
  { preferences, t }: { preferences: Preferences; t: Text },
): string {
  const { locale } = preferences
  if (by === 'currency' && isCurrencyCode(key)) return currencyName(key, locale)
  if (by === 'country') return new Intl.DisplayNames(intlTag(locale), { type: 'region' }).of(key) ?? name
  return by === 'platform' && key === 'own-store' ? t('concentration.own-store') : name
}
