import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Figures } from '../../api/streams.ts'
import { usePerson } from '../../text/person.tsx'
import { Notice } from '../../ui/show.tsx'

/** Which rates are missing: their money is in no figure, and none is ever assumed. */
export function MissingRates({ figures }: { figures: Figures }): ReactNode {
  const { t, date } = usePerson()
  if (figures.missingRates.length === 0) return null
  return (
    <Notice
      tone="warm"
      title={t('streams.missing-rates')}
      action={<Link to="/ledger/rates">{t('worth.enter-rates')}</Link>}
    >
      <ul>
        {figures.missingRates.map(({ currency, day }) => (
          <li key={currency}>
            {t('streams.missing-rate', {
              from: currency,
              to: figures.currency,
              day: date(`${day}T12:00:00`),
            })}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
