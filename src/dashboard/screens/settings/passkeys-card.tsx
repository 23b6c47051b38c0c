import { useMutation, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { addPasskey, removePasskey, renamePasskey, type Passkey, type Security } from '../../api/account.ts'
import { hasPasskeys, isMissed } from '../../api/passkey.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { Card } from '../../ui/page.tsx'
import { Badge, Notice, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { NameDialog } from './passkey-name.tsx'

/** Keys of the person's devices. */
export function PasskeysCard({ security }: { security: Security }): ReactNode {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const possible = security.ways.passkeys && hasPasskeys()
  const making = useMutation({
    mutationFn: addPasskey,
    onSuccess: ({ name }) => {
      setAdding(false)
      notify(t('settings.security.added', { name }))
      return queries.invalidateQueries({ queryKey: ['security'] })
    },
  })
  return (
    <Card
      title={t('settings.security.passkeys')}
      actions={
        possible && (
          <Button small icon={Plus} onPress={() => setAdding(true)}>
            {t('settings.security.add')}
          </Button>
        )
      }
    >
      <p className="muted">{t('settings.security.passkeys-lead')}</p>
      {!possible && <p className="hint">{t('settings.security.passkeys-none')}</p>}
      {security.passkeys.length > 0 && (
        <ul className="items">
          {security.passkeys.map((passkey) => (
            <PasskeyItem key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      {adding && (
        <NameDialog
          title={t('settings.security.add')}
          action={t('settings.security.make')}
          isPending={making.isPending}
          fault={
            isMissed(making.error) ? (
              <Notice tone="warm">{t('settings.security.missed')}</Notice>
            ) : (
              <ProblemNotice error={making.error} />
            )
          }
          onName={(name) => making.mutate(name)}
          onClose={() => setAdding(false)}
        />
      )}
    </Card>
  )
}

function PasskeyItem({ passkey }: { passkey: Passkey }): ReactNode {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const { id, name, synced, lastUsedAt } = passkey
  const [doing, setDoing] = useState<'rename' | 'remove' | undefined>(undefined)
  const refresh = () => {
    setDoing(undefined)
    return queries.invalidateQueries({ queryKey: ['security'] })
  }
  const renaming = useMutation({
    mutationFn: (after: string) => renamePasskey(id, after),
    onSuccess: refresh,
  })
  const removing = useMutation({
    mutationFn: () => removePasskey(id),
    onSuccess: () => {
      notify(t('settings.security.removed'))
      return refresh()
    },
  })
  return (
    <li>
      <div className="row between">
        <span className="row">
          <KeyRound size={18} aria-hidden />
          <Said>{name}</Said>
          <Badge>{t(synced ? 'settings.security.synced' : 'settings.security.single')}</Badge>
          <span className="muted small">
            {lastUsedAt === null ? (
              t('settings.security.never')
            ) : (
              <>
                {t('settings.security.used')} <Time at={lastUsedAt} />
              </>
            )}
          </span>
        </span>
        <span className="row">
          <Button small look="quiet" icon={Pencil} onPress={() => setDoing('rename')}>
            {t('settings.security.rename')}
          </Button>
          <Button small look="quiet" icon={Trash2} onPress={() => setDoing('remove')}>
            {t('settings.security.remove')}
          </Button>
        </span>
      </div>
      {doing === 'rename' && (
        <NameDialog
          title={t('settings.security.rename')}
          action={t('common.action.save')}
          initial={name}
          isPending={renaming.isPending}
          fault={<ProblemNotice error={renaming.error} />}
          onName={(after) => renaming.mutate(after)}
          onClose={() => setDoing(undefined)}
        />
      )}
      <Confirm
        title={t('settings.security.remove-title', { name })}
        action={t('settings.security.remove')}
        isOpen={doing === 'remove'}
        isPending={removing.isPending}
        onConfirm={() => removing.mutate()}
        onClose={() => setDoing(undefined)}
      >
        <p>{t('settings.security.remove-detail')}</p>
        <ProblemNotice error={removing.error} />
      </Confirm>
    </li>
  )
}
