import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import type { Store } from '../../api/catalog.ts'
import { alarmsQuery } from '../../api/coverage.ts'
import { overviewQuery, type Waiting } from '../../api/overview.ts'
import { useRight } from '../../api/session.ts'
import { statusQuery } from '../../api/status.ts'
import type { Text } from '../../text/messages.ts'
import { usePerson, useText, type Reading } from '../../text/person.tsx'
import { Card } from '../../ui/page.tsx'
import { Said } from '../../ui/show.tsx'

const mostAlarms = 2

/** What waits for a person's hand: money first, then what buyers notice, then the server. */
export function NeedsDoing({ store }: { store: Store }): ReactNode {
  const t = useText()
  const items = [...useWaiting(), ...useConcentration(), ...useServer(), ...useTestOnly(store)]
  return (
    <Card title={t('overview.needs')}>
      {items.length === 0 ? (
        <p className="row muted">
          <CircleCheck size={18} aria-hidden style={{ color: 'var(--good)' }} />
          {t('overview.nothing')}
        </p>
      ) : (
        <ul className="items">
          {items.map((item) => (
            <li key={item.key}>{item}</li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function useWaiting(): ReactElement[] {
  const { t, pick } = usePerson()
  const waiting = useQuery(overviewQuery).data?.waiting ?? []
  return waiting.flatMap((one) => linksTo(one, t, pick))
}

function linksTo(one: Waiting, t: Text, pick: Reading['pick']): ReactElement[] {
  switch (one.kind) {
    case 'payment':
      return [
        <Link key={one.orderId} to="/orders/$orderId" params={{ orderId: one.orderId }}>
          {t('overview.mismatch')} <bdi dir="ltr">{one.number}</bdi>
        </Link>,
      ]
    case 'mail':
      return [
        <Link key={one.state} to="/messages" search={{ state: one.state }}>
          {t(`overview.mail.${one.state}`)}
        </Link>,
      ]
    case 'stock':
      return [
        <Link
          key={one.productId}
          to="/products/$productId"
          params={{ productId: one.productId }}
          search={{ tab: 'prices' }}
        >
          {one.left === 0 ? t('overview.sold-out') : t('overview.scarce', { count: one.left })}{' '}
          <Said>{pick(one.title)}</Said>
        </Link>,
      ]
    case 'webhook':
      return [
        <Link
          key={one.endpointId}
          to="/settings/webhooks/$endpointId"
          params={{ endpointId: one.endpointId }}
        >
          {t('overview.webhook')}{' '}
          <Said ltr={one.description === ''}>{one.description === '' ? one.url : one.description}</Said>
        </Link>,
      ]
    case 'drafts':
      return [
        ...(one.withoutPrice === 0
          ? []
          : [linkToDrafts('no-price', t('overview.no-price', { count: one.withoutPrice }))]),
        ...(one.priced === 0 ? [] : [linkToDrafts('drafts', t('overview.drafts', { count: one.priced }))]),
      ]
  }
}

function linkToDrafts(key: string, text: string): ReactElement {
  return (
    <Link key={key} to="/products" search={{ state: 'draft' }}>
      {text}
    </Link>
  )
}

/** The server speaks for itself, in the reader's language; only its operator hears it. */
function useServer(): ReactElement[] {
  const found = useQuery({ ...statusQuery, enabled: useRight('store:write'), refetchInterval: false }).data
  return (found?.findings ?? [])
    .filter(({ state, check }) => state !== 'good' && check !== 'mail')
    .map(({ check, name, says }) => (
      <Link key={`server ${check} ${says}`} to="/settings/status">
        {name}: {says}
      </Link>
    ))
}

/** On how few things income rests, where a limit is passed: the server says it in a sentence for each. */
function useConcentration(): ReactElement[] {
  const { t, preferences } = usePerson()
  const found = useQuery({ ...alarmsQuery(preferences), enabled: useRight('streams:read') }).data?.items ?? []
  const told = [...Map.groupBy(found, ({ by }) => by).values()].flatMap(
    (its) => its.find(({ kind }) => kind === 'largest') ?? its.slice(0, 1),
  )
  const more = told.length - mostAlarms
  return [
    ...told.slice(0, mostAlarms).map(({ by, text }) => (
      <Link key={`concentration ${by}`} to="/streams/concentration" search={{ by }}>
        {text}
      </Link>
    )),
    ...(more > 0
      ? [
          <Link key="concentration" to="/streams/concentration">
            {t('overview.concentration', { count: more })}
          </Link>,
        ]
      : []),
  ]
}

function useTestOnly(store: Store): ReactElement[] {
  const t = useText()
  if (!store.providers.every((name) => name === 'test')) return []
  return [
    <Link key="test" to="/settings/payments">
      {t('overview.test-only')}
    </Link>,
  ]
}
