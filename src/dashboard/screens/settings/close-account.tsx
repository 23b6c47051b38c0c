import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { closeAccount } from '../../api/privacy.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'

/** Going for good: at the end of one's own settings, behind a question. */
export function CloseAccount(): ReactNode {
  const t = useText()
  const notify = useNotify()
  const router = useRouter()
  const queries = useQueryClient()
  const [asks, setAsks] = useState(false)
  const closing = useMutation({
    mutationFn: closeAccount,
    onSuccess: async () => {
      setAsks(false)
      notify(t('settings.me.closed'))
      queries.clear()
      await router.navigate({ to: '/sign-in' })
    },
  })
  return (
    <Card title={t('settings.me.close')}>
      <p className="muted">{t('settings.me.close-lead')}</p>
      <div className="row">
        <Button look="danger" onPress={() => setAsks(true)}>
          {t('settings.me.close')}
        </Button>
      </div>
      <Confirm
        title={t('settings.me.close-title')}
        action={t('settings.me.close')}
        isOpen={asks}
        isPending={closing.isPending}
        onConfirm={() => closing.mutate()}
        onClose={() => setAsks(false)}
      >
        <p>{t('settings.me.close-detail')}</p>
        <ProblemNotice error={closing.error} />
      </Confirm>
    </Card>
  )
}
