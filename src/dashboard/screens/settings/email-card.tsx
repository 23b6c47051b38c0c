import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { askToMove, askToVerify, type Security } from '../../api/account.ts'
import { wrongAt } from '../../api/errors-of.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Card } from '../../ui/page.tsx'
import { Badge, Notice, ProblemNotice, Said } from '../../ui/show.tsx'

/** The address with which the person signs in. */
export function EmailCard({ security }: { security: Security }): ReactNode {
  const t = useText()
  const { email, emailVerified, ways } = security
  const [moving, setMoving] = useState(false)
  const verifying = useMutation({ mutationFn: askToVerify })
  return (
    <Card
      title={t('settings.security.email')}
      actions={
        ways.mail && (
          <Button small onPress={() => setMoving(true)}>
            {t('settings.security.change')}
          </Button>
        )
      }
    >
      <p className="row">
        <Said ltr>{email}</Said>
        <Badge tone={emailVerified ? 'good' : 'warm'}>
          {t(emailVerified ? 'settings.security.verified' : 'settings.security.unverified')}
        </Badge>
      </p>
      {!emailVerified && !ways.mail && (
        <Notice tone="warm" title={t('account.no-mail')}>
          {t('settings.security.unverified-detail')}
        </Notice>
      )}
      {!emailVerified && ways.mail && !verifying.isSuccess && (
        <div className="stack tight">
          <p className="muted">{t('settings.security.unverified-detail')}</p>
          <div>
            <Button isPending={verifying.isPending} onPress={() => verifying.mutate()}>
              {t('settings.security.verify')}
            </Button>
          </div>
        </div>
      )}
      {verifying.isSuccess && !emailVerified && (
        <Notice tone="good">{t('settings.security.verify-sent', { email: `\u2066${email}\u2069` })}</Notice>
      )}
      <ProblemNotice error={verifying.error} />
      {moving && <MoveDialog onClose={() => setMoving(false)} />}
    </Card>
  )
}

function MoveDialog({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  const [email, setEmail] = useState('')
  const moving = useMutation({ mutationFn: () => askToMove(email) })
  return (
    <Dialog title={t('settings.security.change')} isOpen onClose={onClose}>
      {moving.isSuccess ? (
        <>
          <Notice tone="good">
            {t('settings.security.change-sent', { email: `\u2066${email.trim()}\u2069` })}
          </Notice>
          <div className="actions">
            <Button look="primary" onPress={onClose}>
              {t('common.action.close')}
            </Button>
          </div>
        </>
      ) : (
        <Form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            moving.mutate()
          }}
        >
          <TextField
            label={t('settings.security.new-email')}
            hint={t('settings.security.change-hint')}
            type="email"
            autoComplete="email"
            direction="ltr"
            isRequired
            value={email}
            onChange={setEmail}
            wrong={wrongAt(moving.error, '/email')}
          />
          <ProblemNotice error={moving.error} />
          <div className="actions">
            <Button onPress={onClose}>{t('common.action.cancel')}</Button>
            <Button
              type="submit"
              look="primary"
              isPending={moving.isPending}
              isDisabled={email.trim() === ''}
            >
              {t('settings.security.change-send')}
            </Button>
          </div>
        </Form>
      )}
    </Dialog>
  )
}
