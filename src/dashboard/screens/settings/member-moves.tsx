import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useSession } from '../../api/session.ts'
import { changeRole, offerOwnership, removeMember, type GivenRole } from '../../api/team.ts'
import type { Member } from '../../api/workspaces.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioChoice } from '../../ui/choice-fields.tsx'
import { Confirm, Dialog } from '../../ui/dialog.tsx'
import { ProblemNotice } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { givenBy } from './invite-dialog.tsx'

type Props = { member: Member; onClose: () => void }

/** Asks which role a member is to have. */
export function RoleDialog({ member, onClose }: Props): ReactNode {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const own = useSession().current?.role
  const [role, setRole] = useState<GivenRole>(member.role === 'owner' ? 'admin' : member.role)
  const changing = useMutation({
    mutationFn: () => changeRole(member.userId, role),
    onSuccess: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['members'] }),
        queries.invalidateQueries({ queryKey: ['session'] }),
      ])
      notify(t('settings.members.changed'))
      onClose()
    },
  })
  return (
    <Dialog title={t('settings.members.change-title', { name: member.name })} isOpen onClose={onClose}>
      <p className="muted">{t('settings.members.change-lead')}</p>
      <RadioChoice
        label={t('settings.members.role')}
        choices={givenBy(own).map((id) => ({
          id,
          label: t(`settings.members.roles.${id}`),
          hint: t(`settings.members.means.${id}`),
        }))}
        value={role}
        onChange={setRole}
      />
      <ProblemNotice error={changing.error} />
      <div className="actions">
        <Button onPress={onClose}>{t('common.action.cancel')}</Button>
        <Button
          look="primary"
          isPending={changing.isPending}
          isDisabled={role === member.role}
          onPress={() => changing.mutate()}
        >
          {t('common.action.save')}
        </Button>
      </div>
    </Dialog>
  )
}

/** Asks before a member is taken out. */
export function RemoveDialog({ member, onClose }: Props): ReactNode {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const removing = useMutation({
    mutationFn: () => removeMember(member.userId),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['members'] })
      notify(t('settings.members.removed'))
      onClose()
    },
  })
  return (
    <Confirm
      title={t('settings.members.remove-title', { name: member.name })}
      action={t('settings.members.remove')}
      isOpen
      isPending={removing.isPending}
      onConfirm={() => removing.mutate()}
      onClose={onClose}
    >
      <p>{t('settings.members.remove-detail')}</p>
      <ProblemNotice error={removing.error} />
    </Confirm>
  )
}

/** Asks how the ownership is to be offered. */
export function OfferDialog({ member, onClose }: Props): ReactNode {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const [way, setWay] = useState<'offer-move' | 'offer-share'>('offer-share')
  const offering = useMutation({
    mutationFn: () => offerOwnership({ userId: member.userId, shared: way === 'offer-share' }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['ownership-offers'] })
      notify(t('settings.members.offered'))
      onClose()
    },
  })
  return (
    <Dialog title={t('settings.members.offer-title', { name: member.name })} isOpen onClose={onClose}>
      <p className="muted">{t('settings.members.offer-lead')}</p>
      <RadioChoice
        label={t('settings.members.offer-way')}
        choices={(['offer-share', 'offer-move'] as const).map((id) => ({
          id,
          label: t(`settings.members.${id}`),
        }))}
        value={way}
        onChange={setWay}
      />
      <ProblemNotice error={offering.error} />
      <div className="actions">
        <Button onPress={onClose}>{t('common.action.cancel')}</Button>
        <Button look="primary" isPending={offering.isPending} onPress={() => offering.mutate()}>
          {t('settings.members.offer')}
        </Button>
      </div>
    </Dialog>
  )
}
