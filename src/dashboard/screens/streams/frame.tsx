import type { ReactNode } from 'react'
import { useText } from '../../text/person.tsx'
import { PageHead } from '../../ui/page.tsx'
import { Parts, usePartName, type Part } from '../../ui/parts.tsx'

const parts: readonly Part[] = [
  { to: '/streams', text: 'streams.tab.streams', exact: true },
  { to: '/streams/imports', text: 'streams.tab.imports' },
  { to: '/streams/coverage', text: 'streams.tab.coverage' },
  { to: '/streams/concentration', text: 'streams.tab.concentration' },
  { to: '/streams/purchasing-power', text: 'streams.tab.worth' },
]

/** What earns, what it covers, and on how much it rests. */
export function StreamsFrame(): ReactNode {
  const t = useText()
  return (
    <>
      <PageHead
        title={t('nav.streams')}
        name={usePartName(parts, t('nav.streams'))}
        lead={t('streams.lead')}
      />
      <Parts label={t('streams.parts')} parts={parts} />
    </>
  )
}
