import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Form } from 'react-aria-components'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { parseWhole } from '../../../shared/parse-number.ts'
import { wrongAt } from '../../api/errors-of.ts'
import { createStream, updateStream, type IncomeStream, type NewStream } from '../../api/streams.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/choice-fields.tsx'
import { CurrencyField } from '../../ui/currency-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { ProblemNotice } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { DraftGuard } from '../../ui/unsaved.tsx'
import { changedParts, useDraft } from '../../ui/use-draft.ts'
import { addedKinds } from './stream-kinds.ts'

/** As it is typed: what may be left out is an empty text. */
type Draft = Omit<NewStream, 'lifeMonths' | 'country' | 'beganOn' | 'endedOn'> & {
  lifeMonths: string
  country: string
  beganOn: string
  endedOn: string
}

const USUAL_LIFE_MONTHS = 36

/** Adds a stream, or changes one. */
export function StreamDialog(props: {
  stream?: IncomeStream
  currency: CurrencyCode
  onClose: () => void
  onDone?: (stream: IncomeStream) => void
}): ReactNode {
  const { stream, currency, onClose, onDone } = props
  const { t } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const began = draftOf(stream, currency)
  const draft = useDraft(began, stream === undefined ? 'new-stream' : `stream.${stream.id}`)
  const saving = useMutation({
    mutationFn: () =>
      stream === undefined
        ? createStream(inputOf(draft.value))
        : updateStream(stream.id, changedParts(inputOf(draft.value), inputOf(began))),
    onSuccess: async (saved) => {
      draft.reset()
      notify(t(stream === undefined ? 'streams.added' : 'common.state.saved'))
      await queries.invalidateQueries({ queryKey: ['streams'] })
      onDone?.(saved)
      onClose()
    },
  })
  return (
    <Dialog title={t(stream === undefined ? 'streams.add' : 'streams.edit')} isOpen onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <DraftGuard draft={draft} isSent={saving.isPending || saving.isSuccess} />
        <Fields draft={draft.value} change={draft.change} error={saving.error} isNew={stream === undefined} />
        <ProblemNotice error={saving.error} />
        <div className="actions">
          <Button onPress={onClose}>{t('common.action.cancel')}</Button>
          <Button
            type="submit"
            look="primary"
            isPending={saving.isPending}
            isDisabled={draft.value.name.trim() === ''}
          >
            {t(stream === undefined ? 'streams.add' : 'common.action.save')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

type FieldsProps = { draft: Draft; change: (part: Partial<Draft>) => void; error: unknown; isNew: boolean }

function Fields({ draft, change, error, isNew }: FieldsProps): ReactNode {
  const { t } = usePerson()
  return (
    <>
      {isNew && (
        <Select
          label={t('streams.kind')}
          choices={addedKinds.map((id) => ({ id, label: t(`streams.kinds.${id}`) }))}
          value={draft.kind}
          onChange={(kind) => change({ kind })}
        />
      )}
      <TextField
        label={t('streams.name')}
        isRequired
        maxLength={120}
        value={draft.name}
        onChange={(name) => change({ name })}
        wrong={wrongAt(error, '/name')}
      />
      <CurrencyField
        label={t('streams.currency')}
        value={draft.currency}
        onChange={(currency) => change({ currency })}
      />
      <details>
        <summary>{t('streams.more')}</summary>
        <More draft={draft} change={change} error={error} />
      </details>
    </>
  )
}

function More({ draft, change, error }: Omit<FieldsProps, 'isNew'>): ReactNode {
  const { t } = usePerson()
  const day = (name: 'beganOn' | 'endedOn') => (
    <TextField
      label={t(`streams.${name === 'beganOn' ? 'began' : 'ended'}`)}
      type="date"
      direction="ltr"
      optional
      value={draft[name]}
      onChange={(text) => change({ [name]: text })}
      wrong={wrongAt(error, `/${name}`)}
    />
  )
  return (
    <div className="stack" style={{ paddingBlockStart: 'var(--s3)' }}>
      <div className="columns">
        <TextField
          label={t('streams.platform')}
          optional
          maxLength={60}
          value={draft.platform}
          onChange={(platform) => change({ platform })}
        />
        <TextField
          label={t('streams.payer')}
          optional
          maxLength={120}
          value={draft.payer}
          onChange={(payer) => change({ payer })}
        />
      </div>
      <div className="columns">
        <TextField
          label={t('streams.country')}
          hint={t('streams.country-hint')}
          optional
          direction="ltr"
          maxLength={2}
          value={draft.country}
          onChange={(text) => change({ country: text.toUpperCase() })}
          wrong={wrongAt(error, '/country')}
        />
        <TextField
          label={t('streams.life')}
          hint={t('streams.life-hint')}
          inputMode="numeric"
          direction="ltr"
          value={draft.lifeMonths}
          onChange={(lifeMonths) => change({ lifeMonths })}
          wrong={wrongAt(error, '/lifeMonths')}
        />
      </div>
      <div className="columns">
        {day('beganOn')}
        {day('endedOn')}
      </div>
    </div>
  )
}

function draftOf(stream: IncomeStream | undefined, currency: CurrencyCode): Draft {
  return {
    // A product is never added here, and its kind is not sent.
    kind: 'service',
    name: stream?.name ?? '',
    platform: stream?.platform ?? '',
    payer: stream?.payer ?? '',
    country: stream?.country ?? '',
    currency: stream?.currency ?? currency,
    beganOn: stream?.beganOn ?? '',
    endedOn: stream?.endedOn ?? '',
    lifeMonths: String(stream?.lifeMonths ?? USUAL_LIFE_MONTHS),
  }
}

function inputOf({ lifeMonths, country, beganOn, endedOn, ...rest }: Draft): NewStream {
  return {
    ...rest,
    lifeMonths: parseWhole(lifeMonths) ?? 0,
    country: orNull(country),
    beganOn: orNull(beganOn),
    endedOn: orNull(endedOn),
  }
}

function orNull(text: string): string | null {
  return text === '' ? null : text
}
