import { useMutation, useQuery } from '@tanstack/react-query'
import { Fingerprint } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { proveAgain, securityQuery } from '../api/account.ts'
import { hasPasskeys, isMissed } from '../api/passkey.ts'
import { useText } from '../text/person.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { PasswordField } from '../ui/fields.tsx'
import { Notice, ProblemNotice } from '../ui/show.tsx'
import { Segments } from '../ui/segments.tsx'
import { CodeField } from './code-field.tsx'

/** Wants the password, a code or a passkey once more. */
export default function FreshDialog({ onEnd }: { onEnd: (proven: boolean) => void }): ReactNode {
  const t = useText()
  const security = useQuery(securityQuery).data
  const [way, setWay] = useState<'password' | 'code'>('password')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const proving = useMutation({ mutationFn: proveAgain, onSuccess: () => onEnd(true) })
  const canCode = security?.secondFactor.enabled === true
  const canPasskey = hasPasskeys() && security !== undefined && security.passkeys.length > 0
  return (
    <Dialog title={t('fresh.title')} isOpen onClose={() => onEnd(false)}>
      <p className="muted">{t('fresh.lead')}</p>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          proving.mutate(way === 'code' ? { code } : { password })
        }}
      >
        {canCode && (
          <Segments
            label={t('fresh.way')}
            choices={[
              { id: 'password', label: t('fresh.password') },
              { id: 'code', label: t('fresh.code') },
            ]}
            value={way}
            onChange={setWay}
          />
        )}
        {way === 'code' ? (
          <CodeField label={t('fresh.code')} value={code} onChange={setCode} />
        ) : (
          <PasswordField
            label={t('fresh.password')}
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
          />
        )}
        {isMissed(proving.error) ? (
          <Notice tone="warm">{t('sign-in.passkey-missed')}</Notice>
        ) : (
          <ProblemNotice error={proving.error} />
        )}
        <div className="actions">
          {canPasskey && (
            <Button icon={Fingerprint} onPress={() => proving.mutate('passkey')}>
              {t('fresh.passkey')}
            </Button>
          )}
          <Button
            type="submit"
            look="primary"
            isPending={proving.isPending}
            isDisabled={(way === 'code' ? code : password) === ''}
          >
            {t('fresh.go')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
