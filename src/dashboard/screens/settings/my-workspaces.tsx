import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { useSession } from '../../api/session.ts'
import { leaveWorkspace } from '../../api/team.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { Card } from '../../ui/page.tsx'
import { Badge, ProblemNotice, Said } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { useSwitch } from '../switch-workspace.ts'
import { OwnershipOffers } from './ownership-offers.tsx'

/** Where the person works: going there, leaving, and what is offered to them here. */
export function MyWorkspaces(): ReactNode {
  const t = useText()
  const change = useSwitch()
  const { workspaces, current } = useSession()
  const [leaving, setLeaving] = useState(false)
  const here = workspaces.find(({ id }) => id === current?.workspaceId)
  return (
    <>
      <OwnershipOffers />
      <Card title={t('settings.me.workspaces')}>
        <ul className="items">
          {workspaces.map(({ id, name, role }) => (
            <li key={id}>
              <div className="row between">
                <span>
                  <Said>{name}</Said> <Badge>{t(`settings.members.roles.${role}`)}</Badge>
                </span>
                {id === here?.id ? (
                  <span className="row">
                    <Badge tone="good">{t('settings.me.here')}</Badge>
                    <Button small look="quiet" onPress={() => setLeaving(true)}>
                      {t('settings.me.leave')}
                    </Button>
                  </span>
                ) : (
                  <Button small onPress={() => void change(id)}>
                    {t('settings.me.go-there')}
                  </Button>
                )}
              </div>
            </li>
          ))}
        </ul>
      </Card>
      {leaving && here !== undefined && <LeaveDialog name={here.name} onClose={() => setLeaving(false)} />}
    </>
  )
}

function LeaveDialog({ name, onClose }: { name: string; onClose: () => void }): ReactNode {
  const t = useText()
  const notify = useNotify()
  const router = useRouter()
  const queries = useQueryClient()
  const leaving = useMutation({
    mutationFn: leaveWorkspace,
    onSuccess: async () => {
      onClose()
      notify(t('settings.me.left'))
      queries.clear()
      await router.navigate({ to: '/' })
      await router.invalidate()
    },
  })
  return (
    <Confirm
      title={t('settings.me.leave-title', { name })}
      action={t('settings.me.leave')}
      isOpen
      isPending={leaving.isPending}
      onConfirm={() => leaving.mutate()}
      onClose={onClose}
    >
      <p>{t('settings.me.leave-detail')}</p>
      <ProblemNotice error={leaving.error} />
    </Confirm>
  )
}
