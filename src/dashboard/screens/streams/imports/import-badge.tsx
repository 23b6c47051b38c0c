import type { ReactNode } from 'react'
import type { StreamImport } from '../../../api/imports.ts'
import { useText } from '../../../text/person.tsx'
import { Badge, Said, type Tone } from '../../../ui/show.tsx'

const tones: Readonly<Record<StreamImport['state'], Tone>> = {
  mapping: 'warm',
  reading: 'plain',
  refused: 'bad',
  ready: 'accent',
  posting: 'plain',
  posted: 'good',
  undoing: 'plain',
  undone: 'plain',
}

/** How far an import is, in a word. */
export function ImportBadge({ of: { state } }: { of: StreamImport }): ReactNode {
  const t = useText()
  return <Badge tone={tones[state]}>{t(`imports.state.${state}`)}</Badge>
}

/** Platforms by the names that they give themselves. */
const names: Readonly<Record<string, string>> = {
  gumroad: 'Gumroad',
  stripe: 'Stripe',
  paypal: 'PayPal',
  etsy: 'Etsy',
  kdp: 'Amazon KDP',
}

/** Where a file comes from. */
export function SourceName({ source }: { source: string }): ReactNode {
  const t = useText()
  const name = names[source]
  return name === undefined ? t('imports.mapped') : <Said ltr>{name}</Said>
}
