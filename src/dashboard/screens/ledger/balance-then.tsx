import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { storeQuery } from '../../api/catalog.ts'
import { balanceQuery, type Account } from '../../api/ledger.ts'
import { usePerson } from '../../text/person.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Card } from '../../ui/page.tsx'
import { Amount, ProblemNotice } from '../../ui/show.tsx'

/** The balance at the end of a day: by what had happened, and by what the books said then. */
export function BalanceThen({ account }: { account: Account }): ReactNode {
  const { t } = usePerson()
  const [day, setDay] = useState('')
  return (
    <Card title={t('ledger.balance-then')}>
      <div className="columns">
        <TextField label={t('ledger.on-day')} type="date" direction="ltr" value={day} onChange={setDay} />
      </div>
      {day === '' ? (
        <p className="hint">{t('ledger.balance-then-hint')}</p>
      ) : (
        <Both account={account} day={day} />
      )}
    </Card>
  )
}

function Both({ account: { code, currency }, day }: { account: Account; day: string }): ReactNode {
  const { t } = usePerson()
  const { timeZone } = useSuspenseQuery(storeQuery).data
  const happened = useQuery(balanceQuery(code, currency, { effectiveAt: day, timeZone }))
  const recorded = useQuery(balanceQuery(code, currency, { recordedAt: day, timeZone }))
  return (
    <>
      <ProblemNotice error={happened.error ?? recorded.error} />
      <dl className="facts">
        <dt>{t('ledger.as-happened')}</dt>
        <dd>{happened.data === undefined ? '…' : <Amount of={happened.data.normal} />}</dd>
        <dt>{t('ledger.as-recorded')}</dt>
        <dd>{recorded.data === undefined ? '…' : <Amount of={recorded.data.normal} />}</dd>
      </dl>
    </>
  )
}
