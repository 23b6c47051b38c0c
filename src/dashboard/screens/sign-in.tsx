import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { Fingerprint } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { signInWithPasskey, waysQuery } from '../api/account.ts'
import { hasPasskeys, isMissed } from '../api/passkey.ts'
import { setUpQuery, signIn } from '../api/workspaces.ts'
import { wrongAt } from '../api/errors-of.ts'
import { useText } from '../text/person.tsx'
import { Button } from '../ui/button.tsx'
import { OwnEmailField, PasswordField } from '../ui/fields.tsx'
import { Card, PageHead } from '../ui/page.tsx'
import { Notice, ProblemNotice } from '../ui/show.tsx'
import { useEnter } from './enter.ts'
import { Gate } from './frame.tsx'
import { SecondStep } from './second-step.tsx'

/** Signing in, and back to where one wanted to go. */
export function SignInScreen(): ReactNode {
  const t = useText()
  const { from } = useSearch({ from: '/sign-in' })
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const waiting = useQuery(setUpQuery).data?.done === false
  const { isSecondStep, onSignedIn, onAgain } = useEnter(from)
  const entering = useMutation({
    mutationFn: () => signIn({ email, password }),
    onSuccess: onSignedIn,
  })
  if (isSecondStep)
    return (
      <SecondStep
        onDone={() => void onSignedIn({ userId: null, secondStep: false })}
        onAgain={() => {
          setPassword('')
          onAgain()
        }}
      />
    )
  return (
    <Gate small>
      <PageHead title={t('sign-in.title')} lead={t('sign-in.lead')} />
      {waiting && <Notice title={t('sign-in.waiting')}>{t('sign-in.waiting-detail')}</Notice>}
      <Card>
        <Form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            entering.mutate()
          }}
        >
          <ProblemNotice error={entering.error} />
          <OwnEmailField value={email} onChange={setEmail} wrong={wrongAt(entering.error, '/email')} />
          <PasswordField
            label={t('common.field.password')}
            autoComplete="current-password"
            isRequired
            value={password}
            onChange={setPassword}
          />
          <Button type="submit" look="primary" isPending={entering.isPending}>
            {t('common.action.sign-in')}
          </Button>
        </Form>
        <OtherWays onSignedIn={onSignedIn} />
      </Card>
    </Gate>
  )
}

function OtherWays({ onSignedIn }: { onSignedIn: ReturnType<typeof useEnter>['onSignedIn'] }): ReactNode {
  const t = useText()
  const ways = useQuery(waysQuery).data
  const entering = useMutation({ mutationFn: signInWithPasskey, onSuccess: onSignedIn })
  return (
    <div className="stack tight">
      {ways?.passkeys === true && hasPasskeys() && (
        <Button icon={Fingerprint} isPending={entering.isPending} onPress={() => entering.mutate()}>
          {t('sign-in.by-passkey')}
        </Button>
      )}
      {isMissed(entering.error) ? (
        <Notice tone="warm">{t('sign-in.passkey-missed')}</Notice>
      ) : (
        <ProblemNotice error={entering.error} />
      )}
      <div className="row between">
        <Link to="/forgot-password">{t('sign-in.forgot')}</Link>
        {ways?.mail === true && <Link to="/mail-link">{t('sign-in.by-link')}</Link>}
      </div>
    </div>
  )
}
