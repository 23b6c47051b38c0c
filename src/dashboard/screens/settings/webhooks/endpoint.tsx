import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useRight } from '../../../api/session.ts'
import { endpointQuery, removeEndpoint, updateEndpoint, type Endpoint } from '../../../api/webhooks.ts'
import { usePerson } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/dialog.tsx'
import { Card } from '../../../ui/page.tsx'
import { Notice, ProblemNotice, Said, Time } from '../../../ui/show.tsx'
import { useNotify } from '../../../ui/toasts.tsx'
import { DeliveryLog } from './deliveries.tsx'
import { EndpointEditor } from './editor.tsx'
import { EndpointBadge } from './endpoint-badge.tsx'
import { EndpointMoves } from './endpoint-moves.tsx'
import { EventName } from './event-name.tsx'

/** One endpoint: how it stands, and what was sent to it. */
export function WebhookEndpointSettings(): ReactNode {
  const { t } = usePerson()
  const { endpointId } = useParams({ from: '/inside/settings/webhooks/$endpointId' })
  const { data: endpoint } = useSuspenseQuery(endpointQuery(endpointId))
  const mayWrite = useRight('webhooks:write')
  return (
    <div className="stack loose">
      <Link to="/settings/webhooks" className="row no-print">
        <ArrowLeft size={16} className="turn" aria-hidden />
        {t('settings.webhooks.endpoints')}
      </Link>
      <Stopped endpoint={endpoint} />
      <Card title={<Said ltr>{endpoint.url}</Said>} actions={<EndpointBadge endpoint={endpoint} />}>
        <Facts endpoint={endpoint} />
        {mayWrite && <Moves endpoint={endpoint} />}
      </Card>
      <DeliveryLog endpoint={endpoint} mayReplay={mayWrite && endpoint.enabled} />
    </div>
  )
}

function Stopped({ endpoint }: { endpoint: Endpoint }): ReactNode {
  const { t } = usePerson()
  const { state, failingSince } = endpoint
  if (state === 'paused' || state === 'gone')
    return (
      <Notice tone="bad" title={t(`settings.webhooks.stopped.${state}`)}>
        {t(`settings.webhooks.stopped.${state}-detail`)}
      </Notice>
    )
  if (state !== 'on' || failingSince === null) return null
  return (
    <Notice tone="warm" title={t('settings.webhooks.stopped.failing')}>
      {t('settings.webhooks.stopped.failing-detail')} <Time at={failingSince} />
    </Notice>
  )
}

function Facts({ endpoint }: { endpoint: Endpoint }): ReactNode {
  const { t } = usePerson()
  const { description, eventTypes, lastSuccessAt, previousSecretUntil } = endpoint
  return (
    <dl className="facts">
      {description !== '' && (
        <>
          <dt>{t('settings.webhooks.description')}</dt>
          <dd>
            <Said>{description}</Said>
          </dd>
        </>
      )}
      <dt>{t('settings.webhooks.told-of')}</dt>
      <dd>
        {eventTypes === null
          ? t('settings.webhooks.everything')
          : eventTypes.map((type) => (
              <div key={type}>
                <EventName type={type} />
              </div>
            ))}
      </dd>
      <dt>{t('settings.webhooks.last-success')}</dt>
      <dd>{lastSuccessAt === null ? t('settings.webhooks.none-yet') : <Time at={lastSuccessAt} />}</dd>
      {previousSecretUntil !== null && (
        <>
          <dt>{t('settings.webhooks.two-secrets')}</dt>
          <dd>
            <Time at={previousSecretUntil} exact />
          </dd>
        </>
      )}
    </dl>
  )
}

function Moves({ endpoint }: { endpoint: Endpoint }): ReactNode {
  const { t } = usePerson()
  const notify = useNotify()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [editing, setEditing] = useState(false)
  const [removing, setRemoving] = useState(false)
  const switching = useMutation({
    mutationFn: () => updateEndpoint(endpoint.id, { enabled: !endpoint.enabled }),
    onSuccess: async (after) => {
      notify(t(after.enabled ? 'settings.webhooks.resumed' : 'settings.webhooks.switched-off'))
      await queries.invalidateQueries({ queryKey: ['webhook-endpoints'] })
      await queries.invalidateQueries({ queryKey: ['webhook-deliveries'] })
    },
  })
  const removal = useMutation({
    mutationFn: () => removeEndpoint(endpoint.id),
    onSuccess: async () => {
      await navigate({ to: '/settings/webhooks' })
      notify(t('settings.webhooks.removed'))
      queries.removeQueries({ queryKey: ['webhook-endpoints', endpoint.id] })
      return queries.invalidateQueries({ queryKey: ['webhook-endpoints'] })
    },
  })
  return (
    <>
      <ProblemNotice error={switching.error} />
      <EndpointMoves
        endpoint={endpoint}
        onEdit={() => setEditing(true)}
        onRemove={() => setRemoving(true)}
        toggle={
          <Button isPending={switching.isPending} onPress={() => switching.mutate()}>
            {t(endpoint.enabled ? 'settings.webhooks.switch-off' : 'settings.webhooks.resume')}
          </Button>
        }
      />
      {editing && <EndpointEditor endpoint={endpoint} onClose={() => setEditing(false)} />}
      <Confirm
        title={t('settings.webhooks.remove-title')}
        action={t('common.action.delete')}
        isOpen={removing}
        isPending={removal.isPending}
        onConfirm={() => removal.mutate()}
        onClose={() => setRemoving(false)}
      >
        <p>{t('settings.webhooks.remove-detail')}</p>
        <ProblemNotice error={removal.error} />
      </Confirm>
    </>
  )
}
