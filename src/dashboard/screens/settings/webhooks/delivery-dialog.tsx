import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { deliveryQuery, replayDelivery, type Delivery } from '../../../api/webhooks.ts'
import { usePerson } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Ghost, ProblemNotice, Time } from '../../../ui/show.tsx'
import { DeliveryBadge, OutcomeText } from './endpoint-badge.tsx'
import { EventName } from './event-name.tsx'

/** One delivery: what was sent, and what came of each attempt. */
export function DeliveryDialog(props: { id: string; mayReplay: boolean; onClose: () => void }): ReactNode {
  const { id, mayReplay, onClose } = props
  const { t } = usePerson()
  const queries = useQueryClient()
  const found = useQuery(deliveryQuery(id))
  const replay = useMutation({
    mutationFn: () => replayDelivery(id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['webhook-delivery', id] })
      return queries.invalidateQueries({ queryKey: ['webhook-deliveries'] })
    },
  })
  const delivery = found.data
  return (
    <Dialog title={t('settings.webhooks.delivery.title')} isOpen onClose={onClose} wide dismissable>
      <ProblemNotice error={found.error ?? replay.error} />
      {delivery === undefined ? (
        <Ghost lines={5} />
      ) : (
        <div className="stack">
          <div className="row between">
            <strong>
              <EventName type={delivery.type} />
            </strong>
            <DeliveryBadge delivery={delivery} />
          </div>
          <Next delivery={delivery} />
          <Attempts delivery={delivery} />
          <h3>{t('settings.webhooks.delivery.body')}</h3>
          {/* It may scroll, so the keyboard has to reach it. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className="code scroll" dir="ltr" tabIndex={0}>
            {pretty(delivery.body)}
          </pre>
        </div>
      )}
      <div className="actions">
        {mayReplay && (
          <Button icon={RotateCw} isPending={replay.isPending} onPress={() => replay.mutate()}>
            {t('settings.webhooks.replay')}
          </Button>
        )}
        <Button look="primary" onPress={onClose}>
          {t('common.action.close')}
        </Button>
      </div>
    </Dialog>
  )
}

function Next({ delivery }: { delivery: Delivery }): ReactNode {
  const { t } = usePerson()
  const { messageId, nextAttemptAt } = delivery
  return (
    <dl className="facts">
      <dt>
        <bdi dir="ltr" className="code">
          webhook-id
        </bdi>
      </dt>
      <dd>
        <bdi dir="ltr" className="code">
          {messageId}
        </bdi>
      </dd>
      {nextAttemptAt !== null && (
        <>
          <dt>{t('settings.webhooks.next-attempt')}</dt>
          <dd>
            <Time at={nextAttemptAt} />
          </dd>
        </>
      )}
    </dl>
  )
}

function Attempts({ delivery }: { delivery: Delivery }): ReactNode {
  const { t, number } = usePerson()
  if (delivery.attempts.length === 0) return <p className="muted">{t('settings.webhooks.no-attempt')}</p>
  return (
    <>
      <h3>{t('settings.webhooks.attempts')}</h3>
      <ol className="items">
        {delivery.attempts.map(({ number: nth, at, status, fault, durationMs, answer }) => (
          <li key={nth}>
            <div className="row between">
              <span>
                {number(nth)} · <OutcomeText status={status} fault={fault} />
              </span>
              <span className="muted small">
                <Time at={at} exact /> · {t('settings.webhooks.duration', { ms: durationMs })}
              </span>
            </div>
            {answer !== '' && (
              <pre className="code scroll" dir="auto">
                {answer}
              </pre>
            )}
          </li>
        ))}
      </ol>
    </>
  )
}

/** Indented for reading; what is sent has no blanks. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
