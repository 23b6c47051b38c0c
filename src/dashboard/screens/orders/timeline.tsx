import {
  Ban,
  CircleCheck,
  CircleX,
  Clock,
  CreditCard,
  FileText,
  Mail,
  Radio,
  ShoppingCart,
  StickyNote,
  Trash2,
  TriangleAlert,
  Undo2,
  type LucideIcon,
} from 'lucide-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { TimelineEntry } from '../../api/checkout.ts'
import type { ApiMessageSummary } from '../../api/messages.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Amount, Said, Time, type Tone } from '../../ui/show.tsx'
import { MessageBadge } from '../messages/message-badge.tsx'

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
  note: [StickyNote, 'accent'],
}

/** Something of the story: an event of the order, or a mail about it. */
type Told = { at: string; key: string } & ({ entry: TimelineEntry } | { mail: ApiMessageSummary })

/** All that happened to an order and the mails about it, the newest last. */
export function Timeline(props: {
  entries: readonly TimelineEntry[]
  mails: readonly ApiMessageSummary[]
  onRemoveNote?: (noteId: string, body: string) => void
}): ReactNode {
  const { entries, mails, onRemoveNote } = props
  const story: Told[] = [
    // The list only grows, so an event's place among those of its kind stays.
    ...entries.map((entry, at) => ({ at: entry.at, key: entry.noteId ?? `${entry.kind} ${at}`, entry })),
    ...mails.map((mail) => ({ at: mail.createdAt, key: mail.id, mail })),
  ].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
  return (
    <ol className="timeline">
      {story.map((told) => (
        <li key={told.key}>
          {'mail' in told ? (
            <MailEvent mail={told.mail} />
          ) : (
            <Event entry={told.entry} {...(onRemoveNote === undefined ? {} : { onRemoveNote })} />
          )}
        </li>
      ))}
    </ol>
  )
}

function MailEvent({ mail: { id, subject, status, createdAt } }: { mail: ApiMessageSummary }): ReactNode {
  const t = useText()
  return (
    <>
      <span className="sign plain">
        <Mail size={18} aria-hidden />
      </span>
      <div>
        <div className="row between">
          <span>
            {t('orders.event.mail')}{' '}
            <Link to="/messages/$messageId" params={{ messageId: id }}>
              <Said>{subject}</Said>
            </Link>{' '}
            <MessageBadge status={status} />
          </span>
          <span className="muted small">
            <Time at={createdAt} />
          </span>
        </div>
      </div>
    </>
  )
}

function Event(props: {
  entry: TimelineEntry
  onRemoveNote?: (noteId: string, body: string) => void
}): ReactNode {
  const { entry, onRemoveNote } = props
  const { kind, at, amount, detail, noteId, by } = entry
  const t = useText()
  const [Icon, tone] = signs[kind]
  return (
    <>
      <span className={`sign ${tone}`}>
        <Icon size={18} aria-hidden className={Icon === Undo2 ? 'turn' : ''} />
      </span>
      <div>
        <div className="row between">
          <span>
            {by === undefined ? (
              t(`orders.event.${kind}`)
            ) : (
              <>
                {t('orders.event.note-by')} <Said>{by}</Said>
              </>
            )}{' '}
            {amount !== undefined && <Amount of={amount} />}
          </span>
          <span className="muted small">
            <Time at={at} />
          </span>
        </div>
        {detail !== undefined && detail !== '' && (
          <div className={kind === 'note' ? 'note' : 'muted small'}>
            {detail === 'test' ? t('orders.provider-test') : <Said>{detail}</Said>}
            {noteId !== undefined && onRemoveNote !== undefined && (
              <Button
                look="quiet"
                small
                icon={Trash2}
                label={t('orders.note-remove')}
                onPress={() => onRemoveNote(noteId, detail)}
              />
            )}
          </div>
        )}
      </div>
    </>
  )
}
