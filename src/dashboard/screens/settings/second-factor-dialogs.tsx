import { useMutation } from '@tanstack/react-query'
import { Check, Copy } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { confirmSecondFactor, type Enrolment } from '../../api/account.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice, ProblemNotice } from '../../ui/show.tsx'
import { CodeField } from '../code-field.tsx'

/** Brings the secret into an authenticator app, and wants its first code. */
export function EnrolDialog(props: {
  enrolment: Enrolment
  onClose: () => void
  onDone: (codes: readonly string[]) => void
}): ReactNode {
  const t = useText()
  const { enrolment, onClose, onDone } = props
  const [code, setCode] = useState('')
  const confirming = useMutation({
    mutationFn: () => confirmSecondFactor(code),
    onSuccess: ({ codes }) => onDone(codes),
  })
  return (
    <Dialog title={t('settings.security.enrol-title')} isOpen onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          confirming.mutate()
        }}
      >
        <p>{t('settings.security.enrol-scan')}</p>
        <img
          src={`data:image/svg+xml,${encodeURIComponent(enrolment.picture)}`}
          alt={t('settings.security.enrol-picture')}
          width={208}
          height={208}
          style={{ borderRadius: 'var(--r2, 8px)', marginInline: 'auto' }}
        />
        <p className="muted">{t('settings.security.enrol-key')}</p>
        <code dir="ltr" className="key">
          {(enrolment.key.match(/.{1,4}/g) ?? []).join(' ')}
        </code>
        <CodeField label={t('settings.security.enrol-code')} value={code} onChange={setCode} />
        <ProblemNotice error={confirming.error} />
        <div className="actions">
          <Button onPress={onClose}>{t('common.action.cancel')}</Button>
          <Button
            type="submit"
            look="primary"
            isPending={confirming.isPending}
            isDisabled={code.trim() === ''}
          >
            {t('settings.security.start')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

/** Shows recovery codes, this once. */
export function CodesDialog({
  codes,
  onClose,
}: {
  codes: readonly string[]
  onClose: () => void
}): ReactNode {
  const t = useText()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join('\n'))
    setCopied(true)
  }
  return (
    <Dialog title={t('settings.security.codes-title')} isOpen onClose={onClose}>
      <Notice tone="warm">{t('settings.security.codes-lead')}</Notice>
      <ul className="codes" dir="ltr">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="actions">
        <Button icon={copied ? Check : Copy} onPress={() => void copy()}>
          {t(copied ? 'common.state.copied' : 'common.action.copy')}
        </Button>
        <Button look="primary" onPress={onClose}>
          {t('settings.security.codes-kept')}
        </Button>
      </div>
    </Dialog>
  )
}
