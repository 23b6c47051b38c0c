import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { askForLink, confirmEmail, resetPassword, signInByLink, waysQuery } from '../api/account.ts'
import { wrongAt } from '../api/errors-of.ts'
import { useText } from '../text/person.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { OwnEmailField, PasswordField } from '../ui/fields.tsx'
import { Card, PageHead } from '../ui/page.tsx'
import { Notice, ProblemNotice } from '../ui/show.tsx'
import { useEnter } from './enter.ts'
import { Gate } from './frame.tsx'
import { SecondStep } from './second-step.tsx'

/** Asks for a link to a new password. */
export function ForgotPasswordScreen(): ReactNode {
  const t = useText()
  return (
    <AskScreen kind="password-reset" title={t('account.password-title')} lead={t('account.password-lead')} />
  )
}

/** Asks for a link to sign in. */
export function MailLinkScreen(): ReactNode {
  const t = useText()
  return <AskScreen kind="sign-in-link" title={t('account.link-title')} lead={t('account.link-lead')} />
}

function AskScreen(props: {
  kind: 'password-reset' | 'sign-in-link'
  title: string
  lead: string
}): ReactNode {
  const t = useText()
  const noMail = useQuery(waysQuery).data?.mail === false
  const [email, setEmail] = useState('')
  const asking = useMutation({ mutationFn: () => askForLink(props.kind, email) })
  return (
    <Gate small>
      <PageHead title={props.title} lead={props.lead} />
      {noMail && (
        <Notice tone="warm" title={t('account.no-mail')}>
          {t('account.no-mail-detail')}
        </Notice>
      )}
      {asking.isSuccess ? (
        <Notice tone="good" title={t('account.sent')}>
          {t('account.sent-detail', { email: `\u2066${email.trim()}\u2069` })}
        </Notice>
      ) : (
        <Card>
          <Form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault()
              asking.mutate()
            }}
          >
            <ProblemNotice error={asking.error} />
            <OwnEmailField value={email} onChange={setEmail} wrong={wrongAt(asking.error, '/email')} />
            <Button
              type="submit"
              look="primary"
              isPending={asking.isPending}
              isDisabled={noMail || email.trim() === ''}
            >
              {t('account.send')}
            </Button>
          </Form>
        </Card>
      )}
      <ToSignIn />
    </Gate>
  )
}

/** Chooses a new password by a mailed link. */
export function NewPasswordScreen(): ReactNode {
  const t = useText()
  const key = useKey()
  const [password, setPassword] = useState('')
  const saving = useMutation({ mutationFn: () => resetPassword(key, password) })
  if (saving.isSuccess)
    return (
      <Gate small>
        <PageHead title={t('account.new-done')} lead={t('account.new-done-detail')} />
        <ToSignIn primary />
      </Gate>
    )
  return (
    <Gate small>
      <PageHead title={t('account.new-title')} lead={t('account.new-lead')} />
      <NoKey at={key} />
      <Card>
        <Form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            saving.mutate()
          }}
        >
          <ProblemNotice error={saving.error} />
          <PasswordField
            label={t('settings.me.new-password')}
            autoComplete="new-password"
            hint={t('setup.password-hint')}
            isRequired
            value={password}
            onChange={setPassword}
            wrong={wrongAt(saving.error, '/newPassword')}
          />
          <Button
            type="submit"
            look="primary"
            isPending={saving.isPending}
            isDisabled={key === '' || password === ''}
          >
            {t('account.new-save')}
          </Button>
        </Form>
      </Card>
      <ToSignIn />
    </Gate>
  )
}

/** Signs in by a mailed link: with a press, since programs that look into mails open links too. */
export function UseLinkScreen(): ReactNode {
  const t = useText()
  const key = useKey()
  const { isSecondStep, onSignedIn, onAgain } = useEnter()
  const entering = useMutation({ mutationFn: () => signInByLink(key), onSuccess: onSignedIn })
  if (isSecondStep)
    return (
      <SecondStep onDone={() => void onSignedIn({ userId: null, secondStep: false })} onAgain={onAgain} />
    )
  return (
    <Gate small>
      <PageHead title={t('account.use-title')} lead={t('account.use-lead')} />
      <NoKey at={key} />
      <ProblemNotice error={entering.error} />
      <Button
        look="primary"
        isPending={entering.isPending}
        isDisabled={key === ''}
        onPress={() => entering.mutate()}
      >
        {t('common.action.sign-in')}
      </Button>
      <ToSignIn />
    </Gate>
  )
}

/** Proves an address by a mailed link. */
export function ConfirmEmailScreen(): ReactNode {
  const t = useText()
  const key = useKey()
  const confirming = useMutation({ mutationFn: () => confirmEmail(key) })
  if (confirming.isSuccess)
    return (
      <Gate small>
        <PageHead
          title={t('account.confirmed')}
          lead={t('account.confirmed-detail', { email: `\u2066${confirming.data.email}\u2069` })}
        />
        <Link to="/" className={buttonClass('primary')}>
          {t('common.action.continue')}
        </Link>
      </Gate>
    )
  return (
    <Gate small>
      <PageHead title={t('account.confirm-title')} lead={t('account.confirm-lead')} />
      <NoKey at={key} />
      <ProblemNotice error={confirming.error} />
      <Button
        look="primary"
        isPending={confirming.isPending}
        isDisabled={key === ''}
        onPress={() => confirming.mutate()}
      >
        {t('account.confirm')}
      </Button>
    </Gate>
  )
}

/** The key of the link, which is taken out of the address at once: it is not to be seen or shared. */
function useKey(): string {
  const [key] = useState(() => location.hash.slice(1))
  useEffect(() => history.replaceState(history.state, '', location.pathname), [])
  return key
}

function NoKey({ at }: { at: string }): ReactNode {
  const t = useText()
  if (at !== '') return null
  return (
    <Notice tone="warm" title={t('account.no-key')}>
      {t('account.no-key-detail')}
    </Notice>
  )
}

function ToSignIn({ primary = false }: { primary?: boolean }): ReactNode {
  const t = useText()
  return (
    <Link to="/sign-in" className={buttonClass(primary ? 'primary' : 'quiet')}>
      {t(primary ? 'common.action.sign-in' : 'account.to-sign-in')}
    </Link>
  )
}
