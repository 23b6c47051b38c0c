import type { ReactNode } from 'react'
import type { TextKey } from '../../../text/messages.ts'
import { useText } from '../../../text/person.tsx'

const names: Readonly<Record<string, TextKey>> = {
  'order.paid': 'settings.webhooks.types.order-paid',
  'order.refunded': 'settings.webhooks.types.order-refunded',
  'order.cancelled': 'settings.webhooks.types.order-cancelled',
  'payment.failed': 'settings.webhooks.types.payment-failed',
  'product.published': 'settings.webhooks.types.product-published',
  'product.unpublished': 'settings.webhooks.types.product-unpublished',
  'version.published': 'settings.webhooks.types.version-published',
  'webhook.test': 'settings.webhooks.types.webhook-test',
}

/** An event in the reader's words, with its name in programs. */
export function EventName({ type }: { type: string }): ReactNode {
  const t = useText()
  const key = names[type]
  return (
    <span>
      {key !== undefined && <>{t(key)} </>}
      <bdi dir="ltr" className="code muted small">
        {type}
      </bdi>
    </span>
  )
}
