import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { Crown, EllipsisVertical, UserMinus, UserPen, UserPlus } from 'lucide-react'
import { Suspense, useState, type ReactNode } from 'react'
import { useRight, useSession } from '../../api/session.ts'
import { memberPages } from '../../api/team.ts'
import type { Member } from '../../api/workspaces.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Menu, type MenuEntry } from '../../ui/menu.tsx'
import { Card } from '../../ui/page.tsx'
import { Badge, Ghost, Said, Time } from '../../ui/show.tsx'
import { More, Table, type Column } from '../../ui/table.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { OfferDialog, RemoveDialog, RoleDialog } from './member-moves.tsx'
import { OpenInvitations } from './open-invitations.tsx'
import { OwnershipOffers } from './ownership-offers.tsx'

type Move = { kind: 'role' | 'remove' | 'offer'; member: Member }

/** Who works here, and as what; and who is invited. */
export function MemberSettings(): ReactNode {
  const t = useText()
  const mayWrite = useRight('members:write')
  const found = useSuspenseInfiniteQuery(memberPages)
  const [inviting, setInviting] = useState(false)
  const [move, setMove] = useState<Move | undefined>(undefined)
  const close = () => setMove(undefined)
  const columns = useColumns(setMove)
  return (
    <div className="stack loose">
      <OwnershipOffers />
      <Card
        title={t('settings.tab.members')}
        flush
        actions={
          mayWrite && (
            <Button look="primary" icon={UserPlus} onPress={() => setInviting(true)}>
              {t('settings.members.invite')}
            </Button>
          )
        }
      >
        <Table
          label={t('settings.tab.members')}
          columns={columns}
          rows={found.data.pages.flatMap(({ items }) => items)}
          keyOf={({ userId }) => userId}
        />
        <More
          hasMore={found.hasNextPage}
          isPending={found.isFetchingNextPage}
          onMore={() => void found.fetchNextPage()}
        />
      </Card>
      <Suspense fallback={<Ghost />}>
        <OpenInvitations />
      </Suspense>
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {move?.kind === 'role' && <RoleDialog member={move.member} onClose={close} />}
      {move?.kind === 'remove' && <RemoveDialog member={move.member} onClose={close} />}
      {move?.kind === 'offer' && <OfferDialog member={move.member} onClose={close} />}
    </div>
  )
}

function useColumns(onMove: (move: Move) => void): Column<Member>[] {
  const t = useText()
  const { person } = useSession()
  return [
    {
      id: 'name',
      title: t('common.field.name'),
      main: true,
      cell: ({ userId, name, email }) => (
        <span className="stack" style={{ gap: 0 }}>
          <span>
            <Said>{name}</Said> {userId === person.id && <Badge>{t('settings.members.you')}</Badge>}
          </span>
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
    {
      id: 'actions',
      title: t('action.actions'),
      bare: true,
      figure: true,
      cell: (member) => <MemberMenu member={member} onMove={onMove} />,
    },
  ]
}

/** What may be done with a member; nothing is offered that would be refused. */
function MemberMenu({ member, onMove }: { member: Member; onMove: (move: Move) => void }): ReactNode {
  const t = useText()
  const { person, current } = useSession()
  const mayWrite = useRight('members:write')
  const isOwner = current?.role === 'owner'
  if (!mayWrite || (member.role === 'owner' && !isOwner)) return null
  const isSelf = member.userId === person.id
  const entries: MenuEntry[] = [
    {
      id: 'role',
      label: t('settings.members.change-role'),
      icon: UserPen,
      onAction: () => onMove({ kind: 'role', member }),
    },
  ]
  if (isOwner && member.role !== 'owner')
    entries.push({
      id: 'offer',
      label: t('settings.members.offer'),
      icon: Crown,
      onAction: () => onMove({ kind: 'offer', member }),
    })
  if (!isSelf)
    entries.push({
      id: 'remove',
      label: t('settings.members.remove'),
      icon: UserMinus,
      bad: true,
      onAction: () => onMove({ kind: 'remove', member }),
    })
  return (
    <Menu label={t('action.actions')} entries={entries}>
      <Button small look="quiet" icon={EllipsisVertical} label={t('action.actions')} />
    </Menu>
  )
}
