import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { currencyCodes, currencyName } from '../../../../shared/currencies.ts'
import {
  readImport,
  type ImportMapping,
  type MappedField,
  type ReadImport,
  type StreamImport,
} from '../../../api/imports.ts'
import { usePerson, useText } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { RadioChoice, SearchSelect, Select } from '../../../ui/choice-fields.tsx'
import { Card } from '../../../ui/page.tsx'
import { Scroll } from '../../../ui/scroll.tsx'
import { ProblemNotice, Said } from '../../../ui/show.tsx'

type Draft = { mapping: ImportMapping | null } & Omit<ReadImport, 'mapping'>

const needed: readonly MappedField[] = ['date', 'description', 'amount', 'incoming', 'outgoing', 'currency']
const further: readonly MappedField[] = ['fee', 'kind', 'payer', 'id']
const encodings = ['utf-8', 'windows-1256', 'windows-1252', 'utf-16le', 'utf-16be'] as const

/** Names the columns of a file that is no platform’s own, beside its first rows, and says how it is written. */
export function MappingCard({ of: one }: { of: StreamImport }): ReactNode {
  const t = useText()
  const queries = useQueryClient()
  const [draft, setDraft] = useState<Draft>(() => draftOf(one))
  const reading = useMutation({
    mutationFn: () => readImport(one.id, draft),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['stream-imports'] }),
  })
  const { mapping } = draft
  return (
    <Card title={t(mapping === null ? 'imports.how' : 'imports.columns')}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          reading.mutate()
        }}
      >
        {one.head.remembered && <p className="hint">{t('imports.remembered')}</p>}
        <Sample of={one} />
        {mapping !== null && (
          <Columns of={one} mapping={mapping} onChange={(next) => setDraft({ ...draft, mapping: next })} />
        )}
        <details>
          <summary>{t('imports.written')}</summary>
          <Written draft={draft} onChange={setDraft} />
        </details>
        <ProblemNotice error={reading.error} />
        <div className="actions">
          <Button
            type="submit"
            look={one.state === 'ready' ? 'plain' : 'primary'}
            isPending={reading.isPending}
          >
            {t('imports.read')}
          </Button>
        </div>
      </Form>
    </Card>
  )
}

function draftOf({ source, mapping, head }: StreamImport): Draft {
  const none: ImportMapping = { columns: {}, headerLine: head.headerLine, currency: null, take: 'both' }
  return {
    mapping: source === 'mapped' ? (mapping ?? head.suggested ?? none) : null,
    encoding: head.encoding,
    decimal: head.decimal,
    dateOrder: head.dateOrder,
    calendar: head.calendar,
  }
}

function Sample({ of: { head } }: { of: StreamImport }): ReactNode {
  const t = useText()
  return (
    <Scroll label={t('imports.sample')}>
      <table className="table" aria-label={t('imports.sample')}>
        <thead>
          <tr>
            {head.columns.map((name, place) => (
              <th key={`${place} ${name}`} scope="col">
                <Said>{name === '' ? '—' : name}</Said>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {head.sample.map((cells, row) => (
            <tr key={`${row} ${cells.join(' ')}`}>
              {head.columns.map((name, place) => (
                <td key={`${place} ${name}`}>
                  <Said>{cells[place] ?? ''}</Said>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Columns(props: {
  of: StreamImport
  mapping: ImportMapping
  onChange: (mapping: ImportMapping) => void
}): ReactNode {
  const { of: one, mapping, onChange } = props
  const { t, locale } = usePerson()
  const choices = [
    { id: '', label: t('imports.no-column') },
    ...one.head.columns.map((name, place) => ({
      id: String(place),
      label: name === '' ? `${place + 1}` : name,
    })),
  ]
  const field = (name: MappedField) => (
    <Select
      key={name}
      label={t(`imports.field.${name}`)}
      choices={choices}
      value={String(mapping.columns[name] ?? '')}
      onChange={(id) => {
        const { [name]: _, ...rest } = mapping.columns
        onChange({ ...mapping, columns: id === '' ? rest : { ...rest, [name]: Number(id) } })
      }}
    />
  )
  return (
    <>
      <p className="hint">{t('imports.columns-hint')}</p>
      <div className="columns">{needed.map(field)}</div>
      {mapping.columns.currency === undefined && (
        <SearchSelect
          label={t('imports.currency')}
          hint={t('imports.currency-hint')}
          choices={currencyCodes.map((id) => ({ id, label: `${currencyName(id, locale)} (${id})` }))}
          value={mapping.currency ?? ('' as never)}
          onChange={(currency) => onChange({ ...mapping, currency })}
        />
      )}
      <RadioChoice
        label={t('imports.take.label')}
        choices={(['both', 'incoming', 'outgoing'] as const).map((id) => ({
          id,
          label: t(`imports.take.${id}`),
        }))}
        value={mapping.take}
        onChange={(take) => onChange({ ...mapping, take })}
      />
      <details>
        <summary>{t('imports.further')}</summary>
        <div className="columns">{further.map(field)}</div>
      </details>
    </>
  )
}

function Written({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }): ReactNode {
  const t = useText()
  const byItself = { id: 'auto' as const, label: t('imports.by-itself') }
  return (
    <div className="columns">
      <Select
        label={t('imports.order.label')}
        choices={[
          byItself,
          ...(['dmy', 'mdy', 'ymd'] as const).map((id) => ({ id, label: t(`imports.order.${id}`) })),
        ]}
        value={draft.dateOrder ?? 'auto'}
        onChange={(id) => onChange({ ...draft, dateOrder: id === 'auto' ? null : id })}
      />
      <Select
        label={t('imports.calendar.label')}
        choices={[
          byItself,
          ...(['gregorian', 'hijri'] as const).map((id) => ({ id, label: t(`imports.calendar.${id}`) })),
        ]}
        value={draft.calendar ?? 'auto'}
        onChange={(id) => onChange({ ...draft, calendar: id === 'auto' ? null : id })}
      />
      <Select
        label={t('imports.decimal.label')}
        choices={[
          byItself,
          ...(['point', 'comma'] as const).map((id) => ({ id, label: t(`imports.decimal.${id}`) })),
        ]}
        value={draft.decimal ?? 'auto'}
        onChange={(id) => onChange({ ...draft, decimal: id === 'auto' ? null : id })}
      />
      <Select
        label={t('imports.encoding')}
        choices={encodings.map((id) => ({ id, label: id.toUpperCase() }))}
        value={draft.encoding ?? 'utf-8'}
        onChange={(encoding) => onChange({ ...draft, encoding })}
      />
    </div>
  )
}
