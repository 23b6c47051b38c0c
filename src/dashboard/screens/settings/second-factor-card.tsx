import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import {
  renewCodes,
  startSecondFactor,
  stopSecondFactor,
  type Enrolment,
  type Security,
} from '../../api/account.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { Card } from '../../ui/page.tsx'
import { Badge, ProblemNotice } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { CodesDialog, EnrolDialog } from './second-factor-dialogs.tsx'

/** The second step of signing in. */
export function SecondFactorCard({ security }: { security: Security }): ReactNode {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const { enabled, recoveryCodesLeft } = security.secondFactor
  const [enrolment, setEnrolment] = useState<Enrolment | undefined>(undefined)
  const [codes, setCodes] = useState<readonly string[] | undefined>(undefined)
  const [asking, setAsking] = useState<'stop' | 'renew' | undefined>(undefined)
  const refresh = () => {
    setAsking(undefined)
    void queries.invalidateQueries({ queryKey: ['sessions'] })
    return queries.invalidateQueries({ queryKey: ['security'] })
  }
  const starting = useMutation({ mutationFn: startSecondFactor, onSuccess: setEnrolment })
  const stopping = useMutation({
    mutationFn: stopSecondFactor,
    onSuccess: () => {
      notify(t('settings.security.stopped'))
      return refresh()
    },
  })
  const renewing = useMutation({
    mutationFn: renewCodes,
    onSuccess: (made) => {
      setCodes(made.codes)
      return refresh()
    },
  })
  return (
    <Card
      title={
        <span className="row">
          {t('settings.security.second')}
          <Badge tone={enabled ? 'good' : 'plain'}>
            {t(enabled ? 'settings.security.on' : 'settings.security.off')}
          </Badge>
        </span>
      }
    >
      <p className="muted">{t('settings.security.second-lead')}</p>
      {enabled && <p>{t('settings.security.codes-left', { count: recoveryCodesLeft })}</p>}
      <ProblemNotice error={starting.error} />
      <div className="row">
        {enabled ? (
          <>
            <Button onPress={() => setAsking('renew')}>{t('settings.security.renew')}</Button>
            <Button look="danger" onPress={() => setAsking('stop')}>
              {t('settings.security.stop')}
            </Button>
          </>
        ) : (
          <Button isPending={starting.isPending} onPress={() => starting.mutate()}>
            {t('settings.security.start')}
          </Button>
        )}
      </div>
      {enrolment !== undefined && (
        <EnrolDialog
          enrolment={enrolment}
          onClose={() => setEnrolment(undefined)}
          onDone={(made) => {
            setEnrolment(undefined)
            setCodes(made)
            notify(t('settings.security.enrol-done'))
            void refresh()
          }}
        />
      )}
      {codes !== undefined && <CodesDialog codes={codes} onClose={() => setCodes(undefined)} />}
      <Confirm
        title={t('settings.security.stop-title')}
        action={t('settings.security.stop')}
        isOpen={asking === 'stop'}
        isPending={stopping.isPending}
        onConfirm={() => stopping.mutate()}
        onClose={() => setAsking(undefined)}
      >
        <p>{t('settings.security.stop-detail')}</p>
        <ProblemNotice error={stopping.error} />
      </Confirm>
      <Confirm
        title={t('settings.security.renew-title')}
        action={t('settings.security.renew')}
        look="primary"
        isOpen={asking === 'renew'}
        isPending={renewing.isPending}
        onConfirm={() => renewing.mutate()}
        onClose={() => setAsking(undefined)}
      >
        <p>{t('settings.security.renew-detail')}</p>
        <ProblemNotice error={renewing.error} />
      </Confirm>
    </Card>
  )
}
