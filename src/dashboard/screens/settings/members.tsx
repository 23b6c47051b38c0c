import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { membersQuery, type Member } from '../../api/workspaces.ts'
import { useText } from '../../text/person.tsx'
import { Card } from '../../ui/page.tsx'
import { Badge, Said, Time } from '../../ui/show.tsx'
import { Table, type Column } from '../../ui/table.tsx'

/** Who works here, and as what. */
export function MemberSettings(): ReactNode {
  const t = useText()
  const { data } = useSuspenseQuery(membersQuery)
  const columns: Column<Member>[] = [
    {
      id: 'name',
      title: t('common.field.name'),
      main: true,
      cell: ({ name, email }) => (
        <span className="stack" style={{ gap: 0 }}>
          <Said>{name}</Said>
          <span className="muted small">
            <Said ltr>{email}</Said>
          </span>
        </span>
      ),
    },
    {
      id: 'role',
      title: t('settings.members.role'),
      cell: ({ role }) => (
        <span className="stack" style={{ gap: 0 }}>
          <span>
            <Badge tone={role === 'owner' ? 'accent' : 'plain'}>{t(`settings.members.roles.${role}`)}</Badge>
          </span>
          <span className="hint">{t(`settings.members.means.${role}`)}</span>
        </span>
      ),
    },
    { id: 'joined', title: t('settings.members.joined'), cell: ({ joinedAt }) => <Time at={joinedAt} /> },
  ]
  return (
    <Card flush>
      <Table
        label={t('settings.tab.members')}
        columns={columns}
        rows={data.items}
        keyOf={({ userId }) => userId}
      />
    </Card>
  )
}
