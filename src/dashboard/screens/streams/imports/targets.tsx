import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { CurrencyCode } from '../../../../shared/currencies.ts'
import { postImport, type StreamImport } from '../../../api/imports.ts'
import { streamsQuery, type IncomeStream } from '../../../api/streams.ts'
import { usePerson, useText } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { Select, type Choice } from '../../../ui/choice-fields.tsx'
import { Checkbox } from '../../../ui/fields.tsx'
import { Card } from '../../../ui/page.tsx'
import { Notice, ProblemNotice, Said } from '../../../ui/show.tsx'
import { StreamDialog } from '../stream-dialog.tsx'

/** Chooses to which streams the new rows go, and has them posted. */
export function TargetsCard({ of: one }: { of: StreamImport }): ReactNode {
  const { t, number } = usePerson()
  const queries = useQueryClient()
  const streams = useQuery(streamsQuery)
  const [streamId, setStreamId] = useState('')
  const [items, setItems] = useState<Readonly<Record<string, string>>>({})
  const [leave, setLeave] = useState(false)
  const [adding, setAdding] = useState(false)
  const posting = useMutation({
    mutationFn: () =>
      postImport(one.id, {
        streamId,
        items: Object.entries(items).map(([what, id]) => ({ what, streamId: id })),
        leaveProblems: leave,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['stream-imports'] }),
  })
  const count = one.preview?.counts.new ?? 0
  const problems = one.preview?.counts.problem ?? 0
  if (count === 0) return <Notice tone="plain">{t('imports.nothing-new')}</Notice>
  const choices = (streams.data ?? [])
    .filter(({ archived }) => !archived)
    .map(({ id, name }) => ({ id, label: name }))
  return (
    <Card title={t('imports.where')}>
      <div className="stack">
        <div className="row" style={{ alignItems: 'end' }}>
          <div className="grow">
            <Select label={t('imports.stream')} choices={choices} value={streamId} onChange={setStreamId} />
          </div>
          <Button icon={Plus} onPress={() => setAdding(true)}>
            {t('imports.new-stream')}
          </Button>
        </div>
        <Items of={one} choices={choices} items={items} onChange={setItems} />
        {problems > 0 && (
          <Checkbox isSelected={leave} onChange={setLeave}>
            {t('imports.leave-problems', { count: problems })}
          </Checkbox>
        )}
        <ProblemNotice error={posting.error ?? streams.error} />
        <div className="actions">
          <Button
            look="primary"
            isPending={posting.isPending}
            isDisabled={streamId === '' || (problems > 0 && !leave)}
            onPress={() => posting.mutate()}
          >
            {t('imports.post', { count, shown: number(count) })}
          </Button>
        </div>
      </div>
      {adding && (
        <StreamDialog
          currency={currencyOf(one)}
          onClose={() => setAdding(false)}
          onDone={({ id }: IncomeStream) => setStreamId(id)}
        />
      )}
    </Card>
  )
}

function currencyOf({ preview }: StreamImport): CurrencyCode {
  return preview?.totals[0]?.total.currency ?? 'USD'
}

function Items(props: {
  of: StreamImport
  choices: readonly Choice<string>[]
  items: Readonly<Record<string, string>>
  onChange: (items: Readonly<Record<string, string>>) => void
}): ReactNode {
  const { of: one, choices, items, onChange } = props
  const t = useText()
  const found = one.preview?.items ?? []
  if (found.length < 2) return null
  const set = (what: string, id: string) => {
    const { [what]: _, ...rest } = items
    onChange(id === '' ? rest : { ...rest, [what]: id })
  }
  return (
    <details>
      <summary>{t('imports.by-item')}</summary>
      <ul className="items">
        {found.map(({ what, count }) => (
          <li key={what} className="row between">
            <span className="grow">
              <Said>{what === '' ? '—' : what}</Said>{' '}
              <span className="muted small">{t('imports.row-count', { count })}</span>
            </span>
            <Select
              label={<span className="hide">{t('imports.stream-of', { what })}</span>}
              choices={[{ id: '', label: t('imports.like-others') }, ...choices]}
              value={items[what] ?? ''}
              onChange={(id) => set(what, id)}
            />
          </li>
        ))}
      </ul>
    </details>
  )
}
