import { Check, Copy } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { EndpointWithSecret } from '../../../api/webhooks.ts'
import { usePerson } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { Notice } from '../../../ui/show.tsx'

/** Shows a secret: of a new endpoint, a new one, or one that is looked up again. */
export function SecretDialog(props: {
  endpoint: EndpointWithSecret
  isNew?: boolean
  onClose: () => void
}): ReactNode {
  const { endpoint, isNew = false, onClose } = props
  const { t, dateTime } = usePerson()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(endpoint.secret)
    setCopied(true)
  }
  const { previousSecretUntil: until } = endpoint
  return (
    <Dialog
      title={t(isNew ? 'settings.webhooks.made' : 'settings.webhooks.secret')}
      isOpen
      onClose={onClose}
      wide
    >
      <p>{t('settings.webhooks.secret-lead')}</p>
      {until !== null && (
        <Notice tone="warm">{t('settings.webhooks.overlap', { until: dateTime(until) })}</Notice>
      )}
      <TextField
        label={t('settings.webhooks.secret')}
        direction="ltr"
        isReadOnly
        value={endpoint.secret}
        onFocus={(event) => event.target instanceof HTMLInputElement && event.target.select()}
      />
      <div className="actions">
        <Button icon={copied ? Check : Copy} onPress={() => void copy()}>
          {t(copied ? 'common.state.copied' : 'common.action.copy')}
        </Button>
        <Button look="primary" onPress={onClose}>
          {t('common.action.close')}
        </Button>
      </div>
    </Dialog>
  )
}
