import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { newKey } from '../../api/client-key.ts'
import { holdsQuery, postHold, voidHold, type Account, type Hold } from '../../api/ledger.ts'
import { useRight } from '../../api/session.ts'
import { usePerson, useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm, Dialog } from '../../ui/dialog.tsx'
import { Checkbox, TextField } from '../../ui/fields.tsx'
import { MoneyField, typedAmount } from '../../ui/money-field.tsx'
import { Card } from '../../ui/page.tsx'
import { Amount, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { More, Table, type Column } from '../../ui/table.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { EntryKind } from './entry-kind.tsx'

/** What is set aside on an account, and what can be done about it; nothing where nothing is. */
export function Holds({ account }: { account: Account }): ReactNode {
  const t = useText()
  const found = useInfiniteQuery(holdsQuery(account.code, account.currency))
  const holds = found.data?.pages.flatMap(({ items }) => items) ?? []
  const columns: Column<Hold>[] = [
    {
      id: 'what',
      title: t('ledger.hold'),
      main: true,
      cell: ({ kind, memo }) => (memo === '' ? <EntryKind kind={kind} /> : <Said>{memo}</Said>),
    },
    {
      id: 'with',
      title: t('ledger.other-account'),
      cell: ({ debit, credit }) => (
        <bdi dir="ltr" className="code">
          {debit === account.code ? credit : debit}
        </bdi>
      ),
    },
    {
      id: 'until',
      title: t('ledger.hold-until'),
      cell: ({ expiresAt }) => expiresAt !== null && <Time at={expiresAt} />,
    },
    {
      id: 'debit',
      title: t('ledger.debit'),
      figure: true,
      cell: ({ debit, pending }) => debit === account.code && <Amount of={pending} />,
    },
    {
      id: 'credit',
      title: t('ledger.credit'),
      figure: true,
      cell: ({ credit, pending }) => credit === account.code && <Amount of={pending} />,
    },
    { id: 'acts', title: t('ledger.hold-acts'), bare: true, cell: (hold) => <Acts hold={hold} /> },
  ]
  if (found.error !== null) return <ProblemNotice error={found.error} retry={() => void found.refetch()} />
  if (holds.length === 0) return null
  return (
    <Card title={t('ledger.holds')} flush>
      <Table label={t('ledger.holds')} columns={columns} rows={holds} keyOf={({ id }) => id} />
      <More
        hasMore={found.hasNextPage}
        isPending={found.isFetchingNextPage}
        onMore={() => void found.fetchNextPage()}
      />
    </Card>
  )
}

/** What a program has set aside, it resolves itself. */
function Acts({ hold }: { hold: Hold }): ReactNode {
  const t = useText()
  const mayWrite = useRight('ledger:write')
  const [act, setAct] = useState<'post' | 'void'>()
  if (!mayWrite || hold.kind !== 'manual') return null
  const close = () => setAct(undefined)
  return (
    <span className="row">
      <Button small onPress={() => setAct('post')}>
        {t('ledger.hold-post')}
      </Button>
      <Button small look="quiet" onPress={() => setAct('void')}>
        {t('ledger.hold-void')}
      </Button>
      <Dialog title={t('ledger.hold-post-title')} isOpen={act === 'post'} onClose={close}>
        <Posting hold={hold} onDone={close} />
      </Dialog>
      <Voiding hold={hold} isOpen={act === 'void'} onDone={close} />
    </span>
  )
}

function Posting({ hold, onDone }: { hold: Hold; onDone: () => void }): ReactNode {
  const { t, money } = usePerson()
  const settle = useSettled(t('ledger.hold-posted'), onDone)
  const { currency } = hold.pending
  const pendingMinor = BigInt(hold.pending.amount)
  const [typed, setTyped] = useState(() => typedAmount(pendingMinor, currency))
  const [final, setFinal] = useState(true)
  const [memo, setMemo] = useState('')
  const [key, setKey] = useState(newKey)
  const { amountMinor } = typed
  const tooMuch = amountMinor !== undefined && amountMinor > pendingMinor
  const ready = amountMinor !== undefined && amountMinor > 0n && !tooMuch
  const posting = useMutation({
    mutationFn: () =>
      postHold(hold.id, { amount: { amount: String(amountMinor), currency }, final, memo }, key),
    onSuccess: settle,
  })
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) posting.mutate()
      }}
    >
      <p>{t('ledger.hold-post-detail')}</p>
      <MoneyField
        label={t('ledger.amount')}
        currency={currency}
        value={typed}
        hint={t('ledger.still-open', { amount: money(hold.pending) })}
        wrong={tooMuch ? t('ledger.more-than-open', { amount: money(hold.pending) }) : undefined}
        onChange={(next) => {
          setTyped(next)
          setKey(newKey())
        }}
      />
      {ready && amountMinor < pendingMinor && (
        <Checkbox
          hint={t('ledger.hold-final-hint')}
          isSelected={final}
          onChange={(next) => {
            setFinal(next)
            setKey(newKey())
          }}
        >
          {t('ledger.hold-final')}
        </Checkbox>
      )}
      <TextField label={t('ledger.memo')} optional maxLength={500} value={memo} onChange={setMemo} />
      <ProblemNotice error={posting.error} />
      <div className="actions">
        <Button onPress={onDone}>{t('common.action.cancel')}</Button>
        <Button type="submit" look="primary" isPending={posting.isPending} isDisabled={!ready}>
          {t('ledger.hold-post')}
        </Button>
      </div>
    </Form>
  )
}

function Voiding({ hold, isOpen, onDone }: { hold: Hold; isOpen: boolean; onDone: () => void }): ReactNode {
  const { t, money } = usePerson()
  const settle = useSettled(t('ledger.hold-voided'), onDone)
  const voiding = useMutation({ mutationFn: () => voidHold(hold.id), onSuccess: settle })
  return (
    <Confirm
      title={t('ledger.hold-void-title')}
      action={t('ledger.hold-void')}
      isOpen={isOpen}
      isPending={voiding.isPending}
      onConfirm={() => voiding.mutate()}
      onClose={onDone}
    >
      <p>{t('ledger.hold-void-detail', { amount: money(hold.pending) })}</p>
      <ProblemNotice error={voiding.error} />
    </Confirm>
  )
}

function useSettled(words: string, onDone: () => void): () => Promise<void> {
  const notify = useNotify()
  const queries = useQueryClient()
  return () => {
    onDone()
    notify(words)
    return queries.invalidateQueries({ queryKey: ['ledger'] })
  }
}
