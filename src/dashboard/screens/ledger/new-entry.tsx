import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Plus, Trash2 } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { storeQuery } from '../../api/catalog.ts'
import { newKey } from '../../api/client-key.ts'
import { chartQuery, postEntry } from '../../api/ledger.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { toIsoDate } from '../../../shared/dates.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { SearchSelect, Select, type Choice } from '../../ui/choice-fields.tsx'
import { TextField } from '../../ui/fields.tsx'
import { MoneyField, readAmount } from '../../ui/money-field.tsx'
import { Card, PageHead } from '../../ui/page.tsx'
import { Notice, ProblemNotice } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { DraftGuard } from '../../ui/unsaved.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { Differences } from './differences.tsx'
import { faultOfEntry, isUntouched, postingsOf, type EntryDraft, type LineDraft } from './entry-form.ts'

/** Writes a journal entry; what does not balance in every currency cannot be sent. */
export function NewEntryScreen(): ReactNode {
  const { t } = usePerson()
  const navigate = useNavigate()
  const notify = useNotify()
  const queries = useQueryClient()
  const { data: store } = useSuspenseQuery(storeQuery)
  const today = toIsoDate(new Date(), store.timeZone)
  const blank: LineDraft = { account: '', currency: store.currencies[0] ?? 'SAR', debit: '', credit: '' }
  const draft = useDraft<EntryDraft>({ memo: '', date: '', lines: [blank, blank], key: '' }, 'new-entry')
  const { memo, date, lines, key } = draft.value
  const put = (part: Partial<EntryDraft>) => {
    if (isUntouched({ ...draft.value, ...part })) draft.reset()
    // One key for what the form says now: pressing twice posts once, also after the page was loaded again.
    else draft.change({ ...part, key: newKey() })
  }
  const posting = useMutation({
    mutationFn: () =>
      postEntry(
        {
          memo,
          postings: postingsOf(lines),
          ...(date === '' || date === today ? {} : { effectiveAt: new Date(`${date}T12:00`).toISOString() }),
        },
        key,
      ),
    onSuccess: ({ id }) => {
      draft.reset()
      void queries.invalidateQueries({ queryKey: ['ledger'] })
      notify(t('ledger.posted'))
      return navigate({ to: '/ledger/entries/$entryId', params: { entryId: id }, replace: true })
    },
  })
  const fault = faultOfEntry(lines)
  return (
    <>
      <PageHead
        title={t('ledger.new-entry')}
        lead={t('ledger.new-entry-lead')}
        back={{ to: '/ledger/journal', label: t('ledger.tab.journal') }}
      />
      <DraftGuard draft={draft} isSent={posting.isPending || posting.isSuccess} />
      <Form
        className="stack loose"
        onSubmit={(event) => {
          event.preventDefault()
          if (fault === undefined) posting.mutate()
        }}
      >
        <Card>
          <div className="columns">
            <TextField
              label={t('ledger.memo')}
              hint={t('ledger.memo-hint')}
              maxLength={500}
              value={memo}
              onChange={(text) => put({ memo: text })}
            />
            <TextField
              label={t('ledger.date')}
              optional
              type="date"
              direction="ltr"
              hint={t('ledger.date-hint')}
              value={date}
              onChange={(day) => put({ date: day })}
            />
          </div>
          <Lines lines={lines} currencies={store.currencies} onChange={(next) => put({ lines: next })} />
          <div>
            <Button small icon={Plus} onPress={() => put({ lines: [...lines, blank] })}>
              {t('ledger.add-line')}
            </Button>
          </div>
          <Differences lines={lines} />
        </Card>
        <Notice>{t('ledger.never-edited')}</Notice>
        <ProblemNotice error={posting.error} />
        <div className="row">
          <Button type="submit" look="primary" isPending={posting.isPending} isDisabled={fault !== undefined}>
            {t('ledger.post')}
          </Button>
          {fault === 'incomplete' && <span className="hint">{t('ledger.incomplete')}</span>}
        </div>
      </Form>
    </>
  )
}

function Lines(props: {
  lines: LineDraft[]
  currencies: CurrencyCode[]
  onChange: (lines: LineDraft[]) => void
}): ReactNode {
  const { lines, currencies, onChange } = props
  const { t, pick } = usePerson()
  const { data: chart } = useSuspenseQuery(chartQuery)
  const accounts = useMemo(
    () =>
      chart.items.map(({ code, name }): Choice<string> => ({ id: code, label: `${code} · ${pick(name)}` })),
    [chart, pick],
  )
  const put = (at: number, part: Partial<LineDraft>) =>
    onChange(lines.map((line, index) => (index === at ? { ...line, ...part } : line)))
  return (
    <ol className="items">
      {lines.map((line, at) => (
        // A line has no name of its own while it is written; its place is what identifies it.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={at}>
          <div className="entry-line">
            <SearchSelect
              label={t('ledger.account')}
              choices={accounts}
              value={line.account}
              onChange={(account) => put(at, { account })}
            />
            <Select
              label={t('overview.currency')}
              choices={currencies.map((id) => ({ id, label: id }))}
              value={line.currency}
              onChange={(currency) => put(at, { currency })}
            />
            <MoneyField
              label={t('ledger.debit')}
              currency={line.currency}
              value={readAmount(line.debit, line.currency)}
              onChange={({ text }) => put(at, { debit: text, ...(text === '' ? {} : { credit: '' }) })}
            />
            <MoneyField
              label={t('ledger.credit')}
              currency={line.currency}
              value={readAmount(line.credit, line.currency)}
              onChange={({ text }) => put(at, { credit: text, ...(text === '' ? {} : { debit: '' }) })}
            />
            <Button
              look="quiet"
              icon={Trash2}
              label={t('ledger.remove-line', { number: at + 1 })}
              isDisabled={lines.length <= 2}
              onPress={() => onChange(lines.toSpliced(at, 1))}
            />
          </div>
        </li>
      ))}
    </ol>
  )
}
