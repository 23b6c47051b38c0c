import { useMutation, useQueryClient, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { EllipsisVertical, RotateCw, Undo2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useRight } from '../../api/session.ts'
import {
  invitationPages,
  resendInvitation,
  revokeInvitation,
  type Invitation,
  type SentInvitation,
} from '../../api/team.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Card } from '../../ui/page.tsx'
import { Badge, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { More, Table, type Column } from '../../ui/table.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { LinkDialog } from './invite-dialog.tsx'

/** Invitations that nobody has accepted yet; nothing where there are none. */
export function OpenInvitations(): ReactNode {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const mayWrite = useRight('members:write')
  const found = useSuspenseInfiniteQuery(invitationPages)
  const [ending, setEnding] = useState<Invitation | undefined>(undefined)
  const [sent, setSent] = useState<SentInvitation | undefined>(undefined)
  const refresh = () => queries.invalidateQueries({ queryKey: ['invitations'] })
  const resending = useMutation({
    mutationFn: (id: string) => resendInvitation(id),
    onSuccess: async (again) => {
      if (again.link !== null) setSent(again)
      notify(t('settings.members.resent'))
      await refresh()
    },
  })
  const revoking = useMutation({
    mutationFn: (id: string) => revokeInvitation(id),
    onSuccess: async () => {
      setEnding(undefined)
      notify(t('settings.members.revoked'))
      await refresh()
    },
  })
  const invitations = found.data.pages.flatMap(({ items }) => items)
  if (invitations.length === 0) return null
  const columns = columnsOf(t, (invitation) =>
    mayWrite ? (
      <Menu
        label={t('action.actions')}
        entries={[
          {
            id: 'resend',
            label: t('settings.members.resend'),
            icon: RotateCw,
            onAction: () => resending.mutate(invitation.id),
          },
          {
            id: 'revoke',
            label: t('settings.members.revoke'),
            icon: Undo2,
            bad: true,
            onAction: () => setEnding(invitation),
          },
        ]}
      >
        <Button small look="quiet" icon={EllipsisVertical} label={t('action.actions')} />
      </Menu>
    ) : null,
  )
  return (
    <>
      <ProblemNotice error={resending.error} />
      <Card title={t('settings.members.pending')} flush>
        <Table
          label={t('settings.members.pending')}
          columns={columns}
          rows={invitations}
          keyOf={({ id }) => id}
        />
        <More
          hasMore={found.hasNextPage}
          isPending={found.isFetchingNextPage}
          onMore={() => void found.fetchNextPage()}
        />
      </Card>
      <Confirm
        title={t('settings.members.revoke-title', { email: ending?.email ?? '' })}
        action={t('settings.members.revoke')}
        isOpen={ending !== undefined}
        isPending={revoking.isPending}
        onConfirm={() => ending !== undefined && revoking.mutate(ending.id)}
        onClose={() => setEnding(undefined)}
      >
        <p>{t('settings.members.revoke-detail')}</p>
        <ProblemNotice error={revoking.error} />
      </Confirm>
      {sent !== undefined && <LinkDialog sent={sent} onClose={() => setSent(undefined)} />}
    </>
  )
}

function columnsOf(
  t: ReturnType<typeof useText>,
  actions: (invitation: Invitation) => ReactNode,
): Column<Invitation>[] {
  return [
    {
      id: 'email',
      title: t('settings.members.mail'),
      main: true,
      cell: ({ email, invitedBy }) => (
        <span className="stack" style={{ gap: 0 }}>
          <span>
            <Said ltr>{email}</Said>
          </span>
          <span className="muted small">{t('settings.members.by', { name: invitedBy.name })}</span>
        </span>
      ),
    },
    {
      id: 'role',
      title: t('settings.members.role'),
      cell: ({ role }) => <Badge>{t(`settings.members.roles.${role}`)}</Badge>,
    },
    { id: 'sent', title: t('settings.members.sent'), cell: ({ sentAt }) => <Time at={sentAt} /> },
    {
      id: 'ends',
      title: t('settings.members.ends'),
      cell: ({ expiresAt, expired }) =>
        expired ? <Badge tone="warm">{t('settings.members.over')}</Badge> : <Time at={expiresAt} />,
    },
    { id: 'actions', title: t('action.actions'), bare: true, figure: true, cell: actions },
  ]
}
