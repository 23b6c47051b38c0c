import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { intlTag } from '../../../shared/locale.ts'
import type { Coverage } from '../../api/coverage.ts'
import { monthNames } from '../../text/month-names.ts'
import { usePerson } from '../../text/person.tsx'
import { Notice } from '../../ui/show.tsx'

const MOST_NAMED = 6

/** Which months are left out of a figure, and what has to be entered for them. */
export function MissingMonths({ missing }: { missing: Coverage['missing'] }): ReactNode {
  const { t, preferences } = usePerson()
  if (missing.length === 0) return null
  const months = monthNames(preferences)
  const list = new Intl.ListFormat(intlTag(preferences.locale), { type: 'unit', style: 'short' })
  const groups = [...Map.groupBy(missing, ({ what, currency }) => `${what} ${currency}`).values()]
  return (
    <Notice tone="warm" title={t('worth.missing')}>
      <ul>
        {groups.map((group) => {
          const [first] = group
          if (first === undefined) return null
          const named = group.slice(0, MOST_NAMED).map(({ month }) => months.long(month))
          const more = group.length - named.length
          return (
            <li key={`${first.what} ${first.currency}`}>
              {t(`worth.missing-what.${first.what}`, { currency: first.currency })} {list.format(named)}
              {more > 0 && ` ${t('worth.and-more', { count: more })}`}
            </li>
          )
        })}
      </ul>
      {missing.some(({ what }) => what === 'rate') && (
        <Link to="/ledger/rates">{t('worth.enter-rates')}</Link>
      )}
    </Notice>
  )
}
