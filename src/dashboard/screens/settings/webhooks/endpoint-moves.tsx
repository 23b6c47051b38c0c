import { useMutation, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Pencil, RefreshCw, Send, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { revealSecret, rotateSecret, sendTestEvent, type Endpoint } from '../../../api/webhooks.ts'
import { useText } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/dialog.tsx'
import { ProblemNotice } from '../../../ui/show.tsx'
import { useNotify } from '../../../ui/toasts.tsx'
import { SecretDialog } from './secret-dialog.tsx'

/** What can be done with an endpoint. */
export function EndpointMoves(props: {
  endpoint: Endpoint
  toggle: ReactNode
  onEdit: () => void
  onRemove: () => void
}): ReactNode {
  const { endpoint, toggle, onEdit, onRemove } = props
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const [rotating, setRotating] = useState(false)
  const revealing = useMutation({ mutationFn: () => revealSecret(endpoint.id) })
  const rotation = useMutation({
    mutationFn: () => rotateSecret(endpoint.id),
    onSuccess: () => {
      setRotating(false)
      return queries.invalidateQueries({ queryKey: ['webhook-endpoints'] })
    },
  })
  const testing = useMutation({
    mutationFn: () => sendTestEvent(endpoint.id),
    onSuccess: () => {
      notify(t('settings.webhooks.test-sent'))
      return queries.invalidateQueries({ queryKey: ['webhook-deliveries'] })
    },
  })
  const shown = rotation.data ?? revealing.data
  return (
    <>
      <div className="row">
        {endpoint.enabled && (
          <Button look="primary" icon={Send} isPending={testing.isPending} onPress={() => testing.mutate()}>
            {t('settings.webhooks.send-test')}
          </Button>
        )}
        <Button icon={Pencil} onPress={onEdit}>
          {t('common.action.edit')}
        </Button>
        <Button icon={KeyRound} isPending={revealing.isPending} onPress={() => revealing.mutate()}>
          {t('settings.webhooks.show-secret')}
        </Button>
        <Button icon={RefreshCw} onPress={() => setRotating(true)}>
          {t('settings.webhooks.rotate')}
        </Button>
        {toggle}
        <Button look="quiet" icon={Trash2} onPress={onRemove}>
          {t('common.action.delete')}
        </Button>
      </div>
      <ProblemNotice error={testing.error ?? revealing.error} />
      <Confirm
        title={t('settings.webhooks.rotate-title')}
        action={t('settings.webhooks.rotate')}
        look="primary"
        isOpen={rotating}
        isPending={rotation.isPending}
        onConfirm={() => rotation.mutate()}
        onClose={() => setRotating(false)}
      >
        <p>{t('settings.webhooks.rotate-detail')}</p>
        <ProblemNotice error={rotation.error} />
      </Confirm>
      {shown !== undefined && (
        <SecretDialog
          endpoint={shown}
          onClose={() => {
            revealing.reset()
            rotation.reset()
          }}
        />
      )}
    </>
  )
}
