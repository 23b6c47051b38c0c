import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { newKey } from '../../api/client-key.ts'
import { wrongAt } from '../../api/errors-of.ts'
import { useSession } from '../../api/session.ts'
import { invite, type SentInvitation } from '../../api/team.ts'
import { usePerson, useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioChoice } from '../../ui/choice-fields.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Notice, ProblemNotice } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { DraftGuard } from '../../ui/unsaved.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { CopiedSecret } from './copied-secret.tsx'

/** The roles that somebody of a role may give; the server has the last word. */
export function givenBy(role: string | null | undefined) {
  const roles = ['admin', 'editor', 'support', 'analyst'] as const
  return role === 'owner' || role === 'admin' ? roles : []
}

type Wish = {
  email: string
  role: 'owner' | ReturnType<typeof givenBy>[number]
  language: 'ar' | 'en'
  /** Empty as long as nothing is typed: then nothing can be sent. */
  key: string
}

/** Asks whom to invite, as what, and in which language. */
export function InviteDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { t, locale } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const own = useSession().current?.role
  const draft = useDraft<Wish>({ email: '', role: 'editor', language: locale, key: '' }, 'invitation')
  const { email, role, language } = draft.value
  // Another wish is another request; the same one sent again after a lost answer invites once.
  const put = (part: Partial<Wish>) =>
    draft.change({ ...part, key: (part.email ?? email) === '' ? '' : newKey() })
  const roles = [...givenBy(own), ...(own === 'owner' ? (['owner'] as const) : [])]
  const sending = useMutation({
    mutationFn: () => invite({ email, role, locale: language }, draft.value.key),
    onSuccess: async (sent) => {
      draft.reset()
      await queries.invalidateQueries({ queryKey: ['invitations'] })
      if (sent.link !== null) return
      notify(t('settings.members.invited'))
      onClose()
    },
  })
  const sent = sending.data
  if (sent !== undefined && sent.link !== null) return <LinkDialog sent={sent} onClose={onClose} />
  return (
    <Dialog title={t('settings.members.invite')} isOpen onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          sending.mutate()
        }}
      >
        <p className="muted">{t('settings.members.invite-lead')}</p>
        <DraftGuard draft={draft} isSent={sending.isPending || sending.isSuccess} />
        <TextField
          label={t('settings.members.mail')}
          type="email"
          direction="ltr"
          autoComplete="off"
          isRequired
          maxLength={254}
          value={email}
          onChange={(text) => put({ email: text })}
          wrong={wrongAt(sending.error, '/email')}
        />
        <RadioChoice
          label={t('settings.members.role')}
          choices={roles.map((id) => ({
            id,
            label: t(`settings.members.roles.${id}`),
            hint: t(`settings.members.means.${id}`),
          }))}
          value={role}
          onChange={(id) => put({ role: id })}
        />
        <div className="field">
          <span className="label">{t('settings.members.mail-language')}</span>
          <Segments
            label={t('settings.members.mail-language')}
            choices={(['ar', 'en'] as const).map((id) => ({ id, label: t(`common.language.${id}`) }))}
            value={language}
            onChange={(id) => put({ language: id })}
          />
        </div>
        <ProblemNotice error={sending.error} />
        <div className="actions">
          <Button onPress={onClose}>{t('common.action.cancel')}</Button>
          <Button type="submit" look="primary" isPending={sending.isPending} isDisabled={email.trim() === ''}>
            {t('settings.members.send')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

/** Where the server cannot send mail: the link, this once. */
export function LinkDialog({ sent, onClose }: { sent: SentInvitation; onClose: () => void }): ReactNode {
  const t = useText()
  return (
    <Dialog title={t('settings.members.link-title')} isOpen onClose={onClose}>
      <Notice tone="warm">{t('settings.members.link-lead')}</Notice>
      <CopiedSecret
        label={t('settings.members.link')}
        value={sent.link ?? ''}
        done={t('settings.tokens.kept')}
        onDone={onClose}
      />
    </Dialog>
  )
}
