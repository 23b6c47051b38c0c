import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { LogOut } from 'lucide-react'
import type { ReactNode } from 'react'
import { endOtherSessions, endSession, sessionsQuery, type SessionItem } from '../../api/account.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/page.tsx'
import { Badge, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { Table, type Column } from '../../ui/table.tsx'
import { useNotify } from '../../ui/toasts.tsx'

/** The browsers in which the person is signed in. */
export function SessionsCard(): ReactNode {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const { items } = useSuspenseQuery(sessionsQuery).data
  const ending = useMutation({
    mutationFn: (id: string | undefined) => (id === undefined ? endOtherSessions() : endSession(id)),
    onSuccess: () => {
      notify(t('settings.security.ended'))
      return queries.invalidateQueries({ queryKey: ['sessions'] })
    },
  })
  return (
    <Card
      title={t('settings.security.sessions')}
      flush
      actions={
        items.length > 1 && (
          <Button small icon={LogOut} isPending={ending.isPending} onPress={() => ending.mutate(undefined)}>
            {t('settings.security.end-others')}
          </Button>
        )
      }
    >
      <ProblemNotice error={ending.error} />
      <SessionTable items={items} onEnd={(id) => ending.mutate(id)} />
    </Card>
  )
}

function SessionTable(props: { items: readonly SessionItem[]; onEnd: (id: string) => void }): ReactNode {
  const t = useText()
  const columns: Column<SessionItem>[] = [
    {
      id: 'device',
      title: t('settings.security.device-title'),
      main: true,
      cell: ({ browser, system, current }) => (
        <span className="row">
          {t('settings.security.device', {
            browser: t(`settings.security.browsers.${browser}`),
            system: t(`settings.security.systems.${system}`),
          })}
          {current && <Badge tone="good">{t('settings.security.here')}</Badge>}
        </span>
      ),
    },
    {
      id: 'place',
      title: t('settings.security.place'),
      cell: ({ ip, network }) => (
        <span className="stack" style={{ gap: 0 }}>
          <Said ltr>{ip ?? '—'}</Said>
          <span className="hint">{t(`settings.security.networks.${network}`)}</span>
        </span>
      ),
    },
    { id: 'opened', title: t('settings.security.opened'), cell: ({ openedAt }) => <Time at={openedAt} /> },
    { id: 'last', title: t('settings.security.last'), cell: ({ lastUsedAt }) => <Time at={lastUsedAt} /> },
    {
      id: 'actions',
      title: t('action.actions'),
      bare: true,
      figure: true,
      cell: ({ id, current }) =>
        !current && (
          <Button small look="quiet" icon={LogOut} onPress={() => props.onEnd(id)}>
            {t('settings.security.end')}
          </Button>
        ),
    },
  ]
  return (
    <Table
      label={t('settings.security.sessions')}
      columns={columns}
      rows={props.items}
      keyOf={({ id }) => id}
    />
  )
}
