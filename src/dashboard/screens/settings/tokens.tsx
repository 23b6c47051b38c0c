import { useMutation, useQuery, useQueryClient, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { Ban, Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useRight } from '../../api/session.ts'
import { membersQuery, revokeToken, tokenPages, type ApiToken } from '../../api/workspaces.ts'
import { usePerson, useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { Card } from '../../ui/page.tsx'
import { Badge, Empty, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { More, Table, type Column } from '../../ui/table.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { NewTokenDialog } from './new-token.tsx'

/** Keys with which programs act. */
export function TokenSettings(): ReactNode {
  const t = useText()
  const found = useSuspenseInfiniteQuery(tokenPages)
  const tokens = found.data.pages.flatMap(({ items }) => items)
  const [making, setMaking] = useState(false)
  const add = (
    <Button look="primary" icon={Plus} onPress={() => setMaking(true)}>
      {t('settings.tokens.make')}
    </Button>
  )
  return (
    <>
      {tokens.length === 0 ? (
        <Empty title={t('settings.tokens.empty')} action={add}>
          {t('settings.tokens.lead')}
        </Empty>
      ) : (
        <Card title={t('settings.tab.tokens')} actions={add} flush>
          <TokenTable tokens={tokens} />
          <More
            hasMore={found.hasNextPage}
            isPending={found.isFetchingNextPage}
            onMore={() => void found.fetchNextPage()}
          />
        </Card>
      )}
      <p className="hint">
        <a href="/api/v1/reference" target="_blank" rel="noreferrer">
          {t('settings.tokens.reference')}
        </a>
      </p>
      {making && <NewTokenDialog onClose={() => setMaking(false)} />}
    </>
  )
}

/** Whether it works, and until when. */
function TokenState({ token }: { token: ApiToken }): ReactNode {
  const t = useText()
  const { revokedAt, expiresAt } = token
  if (revokedAt !== null) return <Badge>{t('settings.tokens.state-revoked')}</Badge>
  if (expiresAt === null) return <Badge tone="good">{t('settings.tokens.state-active')}</Badge>
  const isOver = new Date(expiresAt) < new Date()
  return (
    <span className="stack" style={{ gap: 0 }}>
      <span>
        <Badge tone={isOver ? 'plain' : 'good'}>
          {t(isOver ? 'settings.tokens.state-expired' : 'settings.tokens.state-active')}
        </Badge>
      </span>
      <span className="hint">
        {t('settings.tokens.ends')} <Time at={expiresAt} />
      </span>
    </span>
  )
}

function TokenTable({ tokens }: { tokens: readonly ApiToken[] }): ReactNode {
  const { t, number } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const members = useQuery({ ...membersQuery, enabled: useRight('members:read') }).data?.items ?? []
  const makers = new Map(members.map(({ userId, name }) => [userId, name]))
  const [ending, setEnding] = useState<ApiToken | undefined>(undefined)
  const revoking = useMutation({
    mutationFn: (id: string) => revokeToken(id),
    onSuccess: () => {
      setEnding(undefined)
      notify(t('settings.tokens.revoked'))
      return queries.invalidateQueries({ queryKey: ['tokens'] })
    },
  })
  const columns: Column<ApiToken>[] = [
    {
      id: 'name',
      title: t('common.field.name'),
      main: true,
      cell: ({ name, userId }) => (
        <span className="stack" style={{ gap: 0 }}>
          <span>
            <Said>{name}</Said>
          </span>
          <span className="muted small">{makers.get(userId)}</span>
        </span>
      ),
    },
    {
      id: 'rights',
      title: t('settings.tokens.rights'),
      cell: ({ rights }) => (
        <details>
          <summary>{t('settings.tokens.right-count', { count: rights.length })}</summary>
          <ul className="small">
            {rights.map((right) => (
              <li key={right}>{t(`rights.${right}`)}</li>
            ))}
          </ul>
        </details>
      ),
    },
    {
      id: 'state',
      title: t('settings.tokens.state'),
      cell: (token) => <TokenState token={token} />,
    },
    {
      id: 'used',
      title: t('settings.tokens.used'),
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? (
          <span className="muted">{t('settings.tokens.never')}</span>
        ) : (
          <Time at={lastUsedAt} />
        ),
    },
    {
      id: 'actions',
      title: t('action.actions'),
      bare: true,
      figure: true,
      cell: (token) =>
        token.revokedAt === null && (
          <Button small look="quiet" icon={Ban} onPress={() => setEnding(token)}>
            {t('settings.tokens.revoke')}
          </Button>
        ),
    },
  ]
  return (
    <>
      <Table
        label={t('settings.tab.tokens') + ` (${number(tokens.length)})`}
        columns={columns}
        rows={tokens}
        keyOf={({ id }) => id}
      />
      <Confirm
        title={t('settings.tokens.revoke-title', { name: ending?.name ?? '' })}
        action={t('settings.tokens.revoke')}
        isOpen={ending !== undefined}
        isPending={revoking.isPending}
        onConfirm={() => ending !== undefined && revoking.mutate(ending.id)}
        onClose={() => setEnding(undefined)}
      >
        <p>{t('settings.tokens.revoke-detail')}</p>
        <ProblemNotice error={revoking.error} />
      </Confirm>
    </>
  )
}
