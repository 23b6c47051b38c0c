import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { wrongAt } from '../api/errors-of.ts'
import { acceptInvitation, joinByInvitation, openInvitation, type OpenInvitation } from '../api/team.ts'
import { chooseWorkspace, sessionQuery, signOut } from '../api/workspaces.ts'
import { usePerson, useText } from '../text/person.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { PasswordField, TextField } from '../ui/fields.tsx'
import { Card, PageHead } from '../ui/page.tsx'
import { Ghost, Notice, ProblemNotice } from '../ui/show.tsx'
import { Gate } from './frame.tsx'

const keptKey = 'rafid.invitation'

/** The key behind `#`; kept in this tab while its holder signs in, so that it stands in no address again. */
function readKey(): string {
  const given = location.hash.slice(1)
  if (given !== '') sessionStorage.setItem(keptKey, given)
  return given === '' ? (sessionStorage.getItem(keptKey) ?? '') : given
}

/** Where the link of an invitation leads: joining with the account that one has, or making one. */
export function InvitationScreen(): ReactNode {
  const t = useText()
  const [key] = useState(readKey)
  const found = useQuery({
    queryKey: ['invitation', key],
    queryFn: () => openInvitation(key),
    enabled: key !== '',
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const session = useQuery(sessionQuery)
  if (key === '')
    return (
      <Gate small>
        <PageHead title={t('invitation.no-key')} />
        <Notice tone="warm">{t('invitation.no-key-detail')}</Notice>
      </Gate>
    )
  return (
    <Gate small>
      {found.isPending || session.isLoading ? <Ghost lines={4} /> : <ProblemNotice error={found.error} />}
      {found.data !== undefined && !session.isLoading && (
        <Opened invitation={found.data} ofKey={key} own={session.data?.person.email} />
      )}
    </Gate>
  )
}

type Props = { invitation: OpenInvitation; ofKey: string }

function Opened({ own, ...props }: Props & { own: string | undefined }): ReactNode {
  const t = useText()
  const { workspaceName, inviterName, role, email, hasAccount } = props.invitation
  const values = { workspace: workspaceName, inviter: inviterName, role: t(`settings.members.roles.${role}`) }
  return (
    <>
      <PageHead title={t('invitation.title', values)} lead={t('invitation.lead', values)} />
      <p className="hint">{t(`settings.members.means.${role}`)}</p>
      {own === email ? (
        <Accept {...props} />
      ) : own !== undefined ? (
        <ForAnother email={email} own={own} />
      ) : hasAccount ? (
        <Card>
          <p>{t('invitation.has-account', { email })}</p>
          <Link to="/sign-in" search={{ from: '/dashboard/invitation' }} className={buttonClass('primary')}>
            {t('common.action.sign-in')}
          </Link>
        </Card>
      ) : (
        <Join {...props} />
      )}
    </>
  )
}

/** What follows joining: over to the new workspace. */
function useJoined(): (joined: { workspaceId: string }) => Promise<void> {
  const router = useRouter()
  const queries = useQueryClient()
  return async ({ workspaceId }) => {
    sessionStorage.removeItem(keptKey)
    chooseWorkspace(workspaceId)
    queries.clear()
    await router.navigate({ to: '/', replace: true })
  }
}

function Accept({ invitation, ofKey }: Props): ReactNode {
  const t = useText()
  const onJoined = useJoined()
  const accepting = useMutation({ mutationFn: () => acceptInvitation(ofKey), onSuccess: onJoined })
  return (
    <Card>
      <p>{t('invitation.signed-in-as', { email: invitation.email })}</p>
      <ProblemNotice error={accepting.error} />
      <div>
        <Button look="primary" isPending={accepting.isPending} onPress={() => accepting.mutate()}>
          {t('invitation.accept')}
        </Button>
      </div>
    </Card>
  )
}

function ForAnother({ email, own }: { email: string; own: string }): ReactNode {
  const t = useText()
  const queries = useQueryClient()
  const leaving = useMutation({ mutationFn: signOut, onSuccess: () => queries.resetQueries() })
  return (
    <Notice
      tone="warm"
      title={t('invitation.for-another', { email, mine: own })}
      action={
        <div>
          <Button isPending={leaving.isPending} onPress={() => leaving.mutate()}>
            {t('invitation.sign-out')}
          </Button>
        </div>
      }
    />
  )
}

function Join({ invitation, ofKey }: Props): ReactNode {
  const { t, locale } = usePerson()
  const onJoined = useJoined()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const joining = useMutation({
    mutationFn: () => joinByInvitation({ key: ofKey, name, password, locale }),
    onSuccess: onJoined,
  })
  return (
    <Card title={t('invitation.make-account')}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          joining.mutate()
        }}
      >
        <p className="muted">{t('invitation.make-account-lead', { email: invitation.email })}</p>
        {/* For password managers: which account the password is of. */}
        <input type="hidden" name="username" autoComplete="username" value={invitation.email} readOnly />
        <TextField
          label={t('invitation.your-name')}
          autoComplete="name"
          isRequired
          maxLength={120}
          value={name}
          onChange={setName}
          wrong={wrongAt(joining.error, '/name')}
        />
        <PasswordField
          label={t('common.field.password')}
          autoComplete="new-password"
          isRequired
          hint={t('setup.password-hint')}
          value={password}
          onChange={setPassword}
          wrong={wrongAt(joining.error, '/password')}
        />
        <ProblemNotice error={joining.error} />
        <Button
          type="submit"
          look="primary"
          isPending={joining.isPending}
          isDisabled={name.trim() === '' || password === ''}
        >
          {t('invitation.join')}
        </Button>
      </Form>
    </Card>
  )
}
