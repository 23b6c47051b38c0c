import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useRight } from '../../../api/session.ts'
import { endpointsQuery, type Endpoint, type EndpointWithSecret } from '../../../api/webhooks.ts'
import { usePerson, useText } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/page.tsx'
import { Empty, Said, Time } from '../../../ui/show.tsx'
import { Table, type Column } from '../../../ui/table.tsx'
import { EndpointEditor } from './editor.tsx'
import { EndpointBadge } from './endpoint-badge.tsx'
import { SecretDialog } from './secret-dialog.tsx'

/** The places that are told what happens. */
export function WebhookSettings(): ReactNode {
  const t = useText()
  const navigate = useNavigate()
  const { data } = useSuspenseQuery(endpointsQuery)
  const mayWrite = useRight('webhooks:write')
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<EndpointWithSecret | undefined>(undefined)
  const add = mayWrite && (
    <Button look="primary" icon={Plus} onPress={() => setAdding(true)}>
      {t('settings.webhooks.add')}
    </Button>
  )
  return (
    <>
      {data.items.length === 0 ? (
        <Empty title={t('settings.webhooks.empty')} action={add}>
          {t('settings.webhooks.lead')}
        </Empty>
      ) : (
        <Card title={t('settings.webhooks.endpoints')} actions={add} flush>
          <EndpointTable endpoints={data.items} />
        </Card>
      )}
      <p className="hint">
        <a href="/docs/api#messages-to-endpoints" target="_blank" rel="noreferrer">
          {t('settings.webhooks.reference')}
        </a>
      </p>
      {adding && (
        <EndpointEditor
          onClose={() => setAdding(false)}
          onMade={(endpoint) => {
            setAdding(false)
            setMade(endpoint)
          }}
        />
      )}
      {made !== undefined && (
        <SecretDialog
          endpoint={made}
          isNew
          onClose={() =>
            void navigate({ to: '/settings/webhooks/$endpointId', params: { endpointId: made.id } })
          }
        />
      )}
    </>
  )
}

function EndpointTable({ endpoints }: { endpoints: readonly Endpoint[] }): ReactNode {
  const { t, number } = usePerson()
  const columns: Column<Endpoint>[] = [
    {
      id: 'url',
      title: t('settings.webhooks.url'),
      main: true,
      cell: ({ id, url, description }) => (
        <span className="stack" style={{ gap: 0 }}>
          <Link to="/settings/webhooks/$endpointId" params={{ endpointId: id }} className="whole">
            <Said ltr>{url}</Said>
          </Link>
          {description !== '' && (
            <span className="muted small">
              <Said>{description}</Said>
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'types',
      title: t('settings.webhooks.told-of'),
      cell: ({ eventTypes }) =>
        eventTypes === null
          ? t('settings.webhooks.everything')
          : t('settings.webhooks.type-count', { count: eventTypes.length }),
    },
    {
      id: 'state',
      title: t('settings.webhooks.state.label'),
      cell: (endpoint) => <EndpointBadge endpoint={endpoint} />,
    },
    {
      id: 'last',
      title: t('settings.webhooks.last-success'),
      cell: ({ lastSuccessAt }) =>
        lastSuccessAt === null ? (
          <span className="muted">{t('settings.webhooks.none-yet')}</span>
        ) : (
          <Time at={lastSuccessAt} />
        ),
    },
  ]
  return (
    <Table
      label={`${t('settings.webhooks.endpoints')} (${number(endpoints.length)})`}
      columns={columns}
      rows={endpoints}
      keyOf={({ id }) => id}
      linked
    />
  )
}
