import { useQuery } from '@tanstack/react-query'
import { ShieldAlert, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { integrityQuery } from '../../api/ledger.ts'
import { useText } from '../../text/person.tsx'
import { Time } from '../../ui/show.tsx'

/** In one line: up to when the books are proven, or that somebody touched them. */
export function Integrity(): ReactNode {
  const t = useText()
  const { data } = useQuery(integrityQuery)
  if (data === undefined) return <span>{t('common.state.loading')}</span>
  if (data.faults.length > 0)
    return (
      <span className="row" style={{ color: 'var(--bad)' }}>
        <ShieldAlert size={18} aria-hidden />
        {t('ledger.touched', { count: data.faults.length })}
      </span>
    )
  return (
    <span className="row">
      <ShieldCheck size={18} aria-hidden style={{ color: 'var(--good)' }} />
      {data.provenThrough === null ? (
        t('ledger.nothing-to-prove')
      ) : (
        <span>
          {t('ledger.proven')} <Time at={data.provenThrough.recordedAt} exact />
        </span>
      )}
    </span>
  )
}
