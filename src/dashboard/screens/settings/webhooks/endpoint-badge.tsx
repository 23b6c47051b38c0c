import type { ReactNode } from 'react'
import type { DeliverySummary, Endpoint } from '../../../api/webhooks.ts'
import { useText } from '../../../text/person.tsx'
import { Badge, type Tone } from '../../../ui/show.tsx'

const tones: Readonly<Record<Endpoint['state'], Tone>> = {
  on: 'good',
  off: 'plain',
  paused: 'bad',
  gone: 'bad',
}

/** How an endpoint stands. */
export function EndpointBadge({ endpoint }: { endpoint: Endpoint }): ReactNode {
  const t = useText()
  const { state, failingSince } = endpoint
  if (state === 'on' && failingSince !== null)
    return <Badge tone="warm">{t('settings.webhooks.state.failing')}</Badge>
  return <Badge tone={tones[state]}>{t(`settings.webhooks.state.${state}`)}</Badge>
}

/** What became of a delivery. */
export function DeliveryBadge({ delivery }: { delivery: DeliverySummary }): ReactNode {
  const t = useText()
  const { state, attemptCount } = delivery
  if (state === 'delivered') return <Badge tone="good">{t('settings.webhooks.delivery.delivered')}</Badge>
  if (state === 'failed') return <Badge tone="bad">{t('settings.webhooks.delivery.failed')}</Badge>
  return (
    <Badge tone={attemptCount > 0 ? 'warm' : 'accent'}>
      {t(attemptCount > 0 ? 'settings.webhooks.delivery.retrying' : 'settings.webhooks.delivery.waiting')}
    </Badge>
  )
}

/** What an endpoint answered, or why it did not. */
export function OutcomeText({
  status,
  fault,
}: {
  status: number | null
  fault: DeliverySummary['lastFault']
}): ReactNode {
  const t = useText()
  if (fault !== null && fault !== 'status') return t(`settings.webhooks.fault.${fault}`)
  if (status === null) return '—'
  return t('settings.webhooks.answered', { status: String(status) })
}
