import { useMutation } from '@tanstack/react-query'
import { Download, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { takeLog, verifyLog, type AuditProof } from '../../api/workspaces.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Notice, ProblemNotice } from '../../ui/show.tsx'

/** Proving the log, and taking it away. */
export function AuditMoves(): ReactNode {
  const t = useText()
  const proving = useMutation({ mutationFn: verifyLog })
  const taking = useMutation({ mutationFn: takeLog })
  return (
    <>
      <div className="row">
        <Button icon={ShieldCheck} isPending={proving.isPending} onPress={() => proving.mutate()}>
          {t('settings.audit.verify')}
        </Button>
        <Menu
          label={t('settings.audit.export')}
          entries={(['csv', 'jsonl'] as const).map((id) => ({
            id,
            label: t(`settings.audit.export-${id}`),
            onAction: () => taking.mutate(id),
          }))}
        >
          <Button icon={Download} isPending={taking.isPending}>
            {t('settings.audit.export')}
          </Button>
        </Menu>
      </div>
      <ProblemNotice error={proving.error ?? taking.error} />
      {proving.data !== undefined && <Proof proof={proving.data} />}
    </>
  )
}

function Proof({ proof }: { proof: AuditProof }): ReactNode {
  const t = useText()
  const { events, head, faults } = proof
  if (faults.length > 0)
    return (
      <Notice tone="bad" title={t('settings.audit.faulty')}>
        <p>{t('settings.audit.faulty-detail')}</p>
        <ul>
          {faults.map(({ kind, number = '', eventId, from = '', through = '' }) => (
            <li key={`${kind} ${number} ${eventId} ${from}`}>
              {t(`settings.audit.fault.${kind}`, { number, from, through })}{' '}
              {eventId !== undefined && (
                <bdi dir="ltr" className="code">
                  {eventId}
                </bdi>
              )}
            </li>
          ))}
        </ul>
      </Notice>
    )
  return (
    <Notice tone="good" title={t('settings.audit.whole')}>
      <p>{t('settings.audit.proven', { count: events })}</p>
      {head !== null && (
        <p className="hint">
          {t('settings.audit.head', { number: head.number })}{' '}
          <bdi dir="ltr" className="code" style={{ overflowWrap: 'anywhere' }}>
            {head.hash}
          </bdi>
          <br />
          {t('settings.audit.head-hint')}
        </p>
      )}
    </Notice>
  )
}
