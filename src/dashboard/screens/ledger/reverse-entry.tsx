import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { newKey } from '../../api/client-key.ts'
import { reverseEntry, type Entry } from '../../api/ledger.ts'
import { useRight } from '../../api/session.ts'
import { usePerson, useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { MoneyField, readAmount } from '../../ui/money-field.tsx'
import { Segments } from '../../ui/segments.tsx'
import { ProblemNotice, Said } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { Differences } from './differences.tsx'
import {
  faultOfParts,
  isOpen,
  isTooMuch,
  linesOfParts,
  openOf,
  partsToSend,
  typePart,
  type PartDraft,
} from './reversal-form.ts'
import { isDebit } from './sides.ts'

/** Takes back what is left of an entry that was written by hand, or a part of it. */
export function Reverse({ entry }: { entry: Entry }): ReactNode {
  const t = useText()
  const mayWrite = useRight('ledger:write')
  const [asking, setAsking] = useState(false)
  // What a sale or a refund posted is undone where it was made: by a refund of the order.
  if (!mayWrite || entry.kind !== 'manual' || !entry.postings.some(isOpen)) return null
  return (
    <>
      <Button icon={Undo2} turn onPress={() => setAsking(true)}>
        {t('ledger.reverse')}
      </Button>
      <Dialog title={t('ledger.reverse-title')} isOpen={asking} onClose={() => setAsking(false)}>
        <Asking entry={entry} onDone={() => setAsking(false)} />
      </Dialog>
    </>
  )
}

function Asking({ entry, onDone }: { entry: Entry; onDone: () => void }): ReactNode {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const [what, setWhat] = useState<'all' | 'part'>('all')
  const [draft, setDraft] = useState<PartDraft>({})
  const [memo, setMemo] = useState('')
  // One key for what the form says now: pressing twice reverses once.
  const [key, setKey] = useState(newKey)
  const fault = what === 'all' ? undefined : faultOfParts(entry.postings, draft)
  const reversing = useMutation({
    mutationFn: () =>
      reverseEntry(
        entry.id,
        { memo, ...(what === 'part' && { lines: partsToSend(entry.postings, draft) }) },
        key,
      ),
    onSuccess: () => {
      onDone()
      notify(t('ledger.reversed'))
      return queries.invalidateQueries({ queryKey: ['ledger'] })
    },
  })
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (fault === undefined) reversing.mutate()
      }}
    >
      <p>{t('ledger.reverse-detail')}</p>
      <Segments
        label={t('ledger.reverse-what')}
        choices={[
          { id: 'all', label: t('ledger.reverse-all') },
          { id: 'part', label: t('ledger.reverse-part') },
        ]}
        value={what}
        onChange={(next) => {
          setWhat(next)
          setKey(newKey())
        }}
      />
      {what === 'part' && (
        <Lines
          entry={entry}
          draft={draft}
          onChange={(next) => {
            setDraft(next)
            setKey(newKey())
          }}
        />
      )}
      <TextField label={t('ledger.memo')} optional maxLength={500} value={memo} onChange={setMemo} />
      <ProblemNotice error={reversing.error} />
      <div className="actions">
        <Button onPress={onDone}>{t('common.action.cancel')}</Button>
        <Button type="submit" look="primary" isPending={reversing.isPending} isDisabled={fault !== undefined}>
          {t('ledger.reverse')}
        </Button>
      </div>
    </Form>
  )
}

function Lines(props: { entry: Entry; draft: PartDraft; onChange: (draft: PartDraft) => void }): ReactNode {
  const { entry, draft, onChange } = props
  const { t, pick, money } = usePerson()
  const { postings } = entry
  return (
    <>
      <ol className="items">
        {postings.filter(isOpen).map((posting) => {
          const { line, name, amount } = posting
          const left = money({ amount: openOf(posting).toString(), currency: amount.currency })
          return (
            <li key={line} className="stack tight">
              <strong>
                <Said>{pick(name)}</Said>
              </strong>
              <MoneyField
                label={t(isDebit(amount) ? 'ledger.debit' : 'ledger.credit')}
                hint={t('ledger.still-open', { amount: left })}
                currency={amount.currency}
                value={readAmount(draft[line] ?? '', amount.currency)}
                wrong={isTooMuch(posting, draft) ? t('ledger.more-than-open', { amount: left }) : undefined}
                onChange={({ text }) => onChange(typePart(postings, draft, line, text))}
              />
            </li>
          )
        })}
      </ol>
      <Differences lines={linesOfParts(postings, draft)} />
    </>
  )
}
