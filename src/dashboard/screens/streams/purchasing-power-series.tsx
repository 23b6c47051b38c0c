import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { FileTrigger, Form } from 'react-aria-components'
import { FileUp } from 'lucide-react'
import { currencyName, type CurrencyCode } from '../../../shared/currencies.ts'
import {
  moneySettingsQuery,
  pasteSeries,
  removeSeriesMonth,
  seriesKeysQuery,
  seriesQuery,
  type SeriesKey,
  type SeriesKind,
} from '../../api/coverage.ts'
import { isProblem } from '../../api/client.ts'
import { useRight } from '../../api/session.ts'
import { monthNames } from '../../text/month-names.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/choice-fields.tsx'
import { CurrencyField } from '../../ui/currency-field.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Card } from '../../ui/page.tsx'
import { Notice, ProblemNotice } from '../../ui/show.tsx'
import { Table, type Column } from '../../ui/table.tsx'
import { useNotify } from '../../ui/toasts.tsx'

const KINDS = ['prices', 'gold'] as const

/** Consumer prices and the price of gold by month, as the person pastes them. */
export function PriceSeries(): ReactNode {
  const { t } = usePerson()
  const mayWrite = useRight('streams:write')
  const { data: settings } = useSuspenseQuery(moneySettingsQuery)
  const [kind, setKind] = useState<SeriesKind>('prices')
  const [currency, setCurrency] = useState<CurrencyCode>(settings.currency ?? 'SAR')
  return (
    <Card title={t('worth.series')}>
      <p className="muted prose">{t('worth.series-lead')}</p>
      <div className="columns">
        <Select
          label={t('worth.series-kind')}
          choices={KINDS.map((id) => ({ id, label: t(`worth.series-kinds.${id}`) }))}
          value={kind}
          onChange={setKind}
        />
        <CurrencyField label={t('living.currency')} value={currency} onChange={setCurrency} />
      </div>
      {mayWrite && <Paste series={{ kind, currency }} />}
      <Months series={{ kind, currency }} />
      <Others chosen={{ kind, currency }} />
    </Card>
  )
}

function Paste({ series }: { series: SeriesKey }): ReactNode {
  const { t } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const [text, setText] = useState('')
  const pasting = useMutation({
    mutationFn: (pasted: string) => pasteSeries(series, pasted),
    onSuccess: async ({ count }) => {
      setText('')
      notify(t('worth.series-entered', { count }))
      await queries.invalidateQueries({ queryKey: ['streams'] })
    },
  })
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        pasting.mutate(text)
      }}
    >
      <TextField
        label={t('worth.paste')}
        hint={t(`worth.paste-hint.${series.kind}`)}
        lines="many"
        direction="ltr"
        placeholder={
          series.kind === 'prices' ? '2026-01, 142.7\n2026-02, 143.9' : '2026-01, 512.40\n2026-02, 530'
        }
        value={text}
        onChange={setText}
      />
      <Faults error={pasting.error} />
      <div className="row">
        <Button type="submit" isPending={pasting.isPending} isDisabled={text.trim() === ''}>
          {t('worth.enter-series')}
        </Button>
        <FileTrigger
          acceptedFileTypes={['.csv', '.txt', 'text/csv', 'text/plain']}
          onSelect={(chosen) => {
            const file = chosen?.item(0)
            if (file) void file.text().then((read) => pasting.mutate(read))
          }}
        >
          <Button look="quiet" icon={FileUp} isDisabled={pasting.isPending}>
            {t('worth.choose-file')}
          </Button>
        </FileTrigger>
      </div>
    </Form>
  )
}

/** What is wrong, line by line. */
function Faults({ error }: { error: unknown }): ReactNode {
  const { t, number } = usePerson()
  const lines = isProblem(error)
    ? (error.problem.errors ?? []).flatMap(({ pointer, detail }) => {
        const line = /^\/line\/(\d+)$/u.exec(pointer)?.[1]
        return line === undefined ? [] : [{ line: Number(line), detail }]
      })
    : []
  if (lines.length === 0) return <ProblemNotice error={error} />
  return (
    <Notice tone="bad" title={t('worth.nothing-entered')}>
      <ul>
        {lines.map(({ line, detail }) => (
          <li key={line}>
            {t('worth.line', { line: number(line) })} {detail}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function Months({ series }: { series: SeriesKey }): ReactNode {
  const { t, preferences } = usePerson()
  const queries = useQueryClient()
  const mayWrite = useRight('streams:write')
  const found = useQuery(seriesQuery(series))
  const removing = useMutation({
    mutationFn: (month: string) => removeSeriesMonth(series, month),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['streams'] }),
  })
  const items = found.data?.items.toReversed() ?? []
  if (items.length === 0) return found.isPending ? null : <p className="hint">{t('worth.series-none')}</p>
  const months = monthNames(preferences)
  type Entry = (typeof items)[number]
  const columns: Column<Entry>[] = [
    { id: 'month', title: t('coverage.month'), main: true, cell: ({ month }) => months.long(month) },
    { id: 'value', title: t('worth.value'), figure: true, cell: ({ value }) => <bdi dir="ltr">{value}</bdi> },
    {
      id: 'remove',
      title: t('worth.remove-month'),
      bare: true,
      cell: ({ month }) =>
        mayWrite && (
          <Button
            small
            look="quiet"
            icon={Trash2}
            label={t('worth.remove-month')}
            onPress={() => removing.mutate(month)}
          />
        ),
    },
  ]
  return (
    <details>
      <summary>{t('worth.series-months', { count: items.length })}</summary>
      <ProblemNotice error={removing.error} />
      <Table label={t('worth.series')} columns={columns} rows={items} keyOf={({ month }) => month} />
    </details>
  )
}

/** What else has been entered, so that it is found again. */
function Others({ chosen }: { chosen: SeriesKey }): ReactNode {
  const { t, preferences } = usePerson()
  const found = useQuery(seriesKeysQuery)
  const others = (found.data?.items ?? []).filter(
    ({ kind, currency }) => kind !== chosen.kind || currency !== chosen.currency,
  )
  if (others.length === 0) return null
  const months = monthNames(preferences)
  return (
    <div className="hint">
      <p>{t('worth.series-others')}</p>
      <ul>
        {others.map(({ kind, currency, from, to }) => (
          <li key={`${kind} ${currency}`}>
            {t(`worth.series-kinds.${kind}`)} · {currencyName(currency, preferences.locale)} ·{' '}
            {months.long(from)} – {months.long(to)}
          </li>
        ))}
      </ul>
    </div>
  )
}
