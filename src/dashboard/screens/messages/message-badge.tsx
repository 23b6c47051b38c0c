import type { ReactNode } from 'react'
import type { ApiMessageSummary } from '../../api/messages.ts'
import { useText } from '../../text/person.tsx'
import { Badge, type Tone } from '../../ui/show.tsx'

const tones: Record<ApiMessageSummary['status'], Tone> = {
  queued: 'accent',
  sending: 'accent',
  sent: 'good',
  failed: 'bad',
  unknown: 'warm',
  'no-server': 'warm',
}

/** What became of an e-mail. */
export function MessageBadge({ status }: { status: ApiMessageSummary['status'] }): ReactNode {
  const t = useText()
  return <Badge tone={tones[status]}>{t(`messages.state.${status}`)}</Badge>
}
