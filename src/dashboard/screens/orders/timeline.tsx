import {
  Ban,
  CircleCheck,
  CircleX,
  Clock,
  CreditCard,
  FileText,
  Radio,
  ShoppingCart,
  TriangleAlert,
  Undo2,
  type LucideIcon,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { TimelineEntry } from '../../api/checkout.ts'
import { useText } from '../../text/person.tsx'
import { Amount, Said, Time, type Tone } from '../../ui/show.tsx'

const signs: Record<TimelineEntry['kind'], [LucideIcon, Tone]> = {
  'order-placed': [ShoppingCart, 'plain'],
  'payment-started': [CreditCard, 'plain'],
  'payment-processing': [Clock, 'warm'],
  'payment-declined': [CircleX, 'bad'],
  'payment-cancelled': [Ban, 'plain'],
  'payment-captured': [CreditCard, 'good'],
  'payment-mismatch': [TriangleAlert, 'bad'],
  'mismatch-settled': [CircleCheck, 'good'],
  'provider-message': [Radio, 'plain'],
  'order-paid': [CircleCheck, 'good'],
  'order-cancelled': [Ban, 'plain'],
  'document-issued': [FileText, 'plain'],
  'refund-requested': [Undo2, 'warm'],
  'refund-done': [Undo2, 'good'],
  'refund-failed': [TriangleAlert, 'bad'],
}

/** All that happened to an order, the newest last. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }): ReactNode {
  const t = useText()
  return (
    <ol className="timeline">
      {entries.map((entry, at) => {
        const [Icon, tone] = signs[entry.kind]
        return (
          // The list only grows at its end, so a place in it stays the same entry.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at}>
            <span className={`sign ${tone}`}>
              <Icon size={18} aria-hidden className={Icon === Undo2 ? 'turn' : ''} />
            </span>
            <div>
              <div className="row between">
                <span>
                  {t(`orders.event.${entry.kind}`)}{' '}
                  {entry.amount !== undefined && <Amount of={entry.amount} />}
                </span>
                <span className="muted small">
                  <Time at={entry.at} />
                </span>
              </div>
              {entry.detail !== undefined && entry.detail !== '' && (
                <div className="muted small">
                  {entry.detail === 'test' ? t('orders.provider-test') : <Said>{entry.detail}</Said>}
                </div>
              )}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
