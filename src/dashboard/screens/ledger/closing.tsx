import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Lock } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { storeQuery } from '../../api/catalog.ts'
import { wrongAt } from '../../api/errors-of.ts'
import { closePeriod, integrityQuery, periodsQuery } from '../../api/ledger.ts'
import { useRight } from '../../api/session.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Card } from '../../ui/page.tsx'
import { Notice, ProblemNotice, Time } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { BringBooks, Exports } from './exports.tsx'
import { monthsOf } from './months.ts'

/** Closing what is past, and how far the books are proven. */
export function ClosingScreen(): ReactNode {
  const mayWrite = useRight('ledger:write')
  return (
    <div className="stack loose">
      <Proof />
      {mayWrite && <Close />}
      <Exports />
      {mayWrite && <BringBooks />}
    </div>
  )
}

function Proof(): ReactNode {
  const { t } = usePerson()
  const { data } = useSuspenseQuery(integrityQuery)
  const { provenThrough, faults, more, head, sealedPostings, unsealedPostings } = data
  return (
    <Card title={t('ledger.proof')}>
      <p className="muted prose">{t('ledger.proof-lead')}</p>
      {faults.length > 0 ? (
        <Notice tone="bad" title={t('ledger.touched', { count: faults.length })}>
          <ul>
            {faults.map(({ detail, entryId, account, currency, version, seal }, at) => (
              // Faults have no name; the list is made anew each time.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={at}>
                {detail}{' '}
                {account !== undefined && (
                  <bdi dir="ltr" className="code">
                    {[account, currency, version === undefined ? '' : `#${version}`].join(' ')}
                  </bdi>
                )}{' '}
                {seal !== undefined && t('ledger.in-seal', { number: seal })}{' '}
                {entryId !== undefined && (
                  <Link to="/ledger/entries/$entryId" params={{ entryId }}>
                    {t('ledger.entry')}
                  </Link>
                )}
              </li>
            ))}
          </ul>
        </Notice>
      ) : (
        <Notice tone="good">
          {provenThrough === null ? (
            t('ledger.nothing-to-prove')
          ) : (
            <>
              {t('ledger.proven')}{' '}
              <Link to="/ledger/entries/$entryId" params={{ entryId: provenThrough.entryId }}>
                <Time at={provenThrough.recordedAt} exact />
              </Link>
            </>
          )}
        </Notice>
      )}
      {more && <p className="hint">{t('ledger.more-faults')}</p>}
      {head !== null && (
        <p className="hint">
          {t('ledger.note-head')}{' '}
          <bdi dir="ltr" className="code">
            {`${head.number} ${head.hash}`}
          </bdi>
        </p>
      )}
      <p className="hint">{t('ledger.seal-counts', { sealed: sealedPostings, waiting: unsealedPostings })}</p>
    </Card>
  )
}

function Close(): ReactNode {
  const { t, date } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const { data: store } = useSuspenseQuery(storeQuery)
  const { data: periods } = useSuspenseQuery(periodsQuery)
  const [through, setThrough] = useState(() => monthsOf(new Date(), store.timeZone).lastMonth.to)
  const [memo, setMemo] = useState('')
  const [asking, setAsking] = useState(false)
  const closing = useMutation({
    mutationFn: () => closePeriod({ through, timeZone: store.timeZone, memo }),
    onSuccess: () => {
      notify(t('ledger.closed'))
      return queries.invalidateQueries({ queryKey: ['ledger'] })
    },
    onSettled: () => setAsking(false),
  })
  const day = through === '' ? '' : date(new Date(`${through}T12:00:00`))
  return (
    <Card title={t('ledger.close-title')}>
      <p className="muted prose">{t('ledger.close-lead')}</p>
      {periods.openFrom !== null && (
        <Notice tone="accent">{t('ledger.open-from', { date: date(periods.openFrom) })}</Notice>
      )}
      <ProblemNotice error={closing.error} />
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          setAsking(true)
        }}
      >
        <div className="columns">
          <TextField
            label={t('ledger.close-through')}
            type="date"
            direction="ltr"
            isRequired
            value={through}
            onChange={setThrough}
            wrong={wrongAt(closing.error, '/through')}
          />
          <TextField label={t('ledger.memo')} optional maxLength={500} value={memo} onChange={setMemo} />
        </div>
        <div>
          <Button type="submit" icon={Lock} isDisabled={through === ''}>
            {t('ledger.close')}
          </Button>
        </div>
      </Form>
      <Confirm
        title={t('ledger.close-ask', { date: day })}
        action={t('ledger.close')}
        isOpen={asking}
        isPending={closing.isPending}
        onConfirm={() => closing.mutate()}
        onClose={() => setAsking(false)}
      >
        <p>{t('ledger.close-detail')}</p>
      </Confirm>
    </Card>
  )
}
