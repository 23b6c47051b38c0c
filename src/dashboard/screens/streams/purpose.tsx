import type { ReactNode } from 'react'
import type { Timer } from '../../api/streams.ts'
import { usePerson } from '../../text/person.tsx'
import { Segments } from '../../ui/segments.tsx'

/** What the time is for. */
export function Purpose(props: {
  value: Timer['purpose']
  onChange: (purpose: Timer['purpose']) => void
}): ReactNode {
  const { t } = usePerson()
  return (
    <div className="stack tight">
      <Segments
        label={t('streams.hours.purpose')}
        choices={(['upkeep', 'building'] as const).map((id) => ({
          id,
          label: t(`streams.hours.purposes.${id}`),
        }))}
        {...props}
      />
      <p className="hint">{t(`streams.hours.means.${props.value}`)}</p>
    </div>
  )
}
