import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { wrongAt } from '../../../api/errors-of.ts'
import {
  createEndpoint,
  eventTypesQuery,
  updateEndpoint,
  type Endpoint,
  type EndpointWithSecret,
} from '../../../api/webhooks.ts'
import { useText } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { RadioChoice } from '../../../ui/choice-fields.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Checkbox, TextField } from '../../../ui/fields.tsx'
import { Notice, ProblemNotice } from '../../../ui/show.tsx'
import { useNotify } from '../../../ui/toasts.tsx'
import { DraftGuard } from '../../../ui/unsaved.tsx'
import { changedParts, useDraft } from '../../../ui/use-draft.ts'
import { EventName } from './event-name.tsx'

type Wish = { url: string; description: string; eventTypes: string[] | null }

type Props = {
  /** The endpoint to change; a new one is made without it. */
  endpoint?: Endpoint
  onClose: () => void
  onMade?: (made: EndpointWithSecret) => void
}

/** Adds an endpoint, or changes one. */
export function EndpointEditor({ endpoint, onClose, onMade }: Props): ReactNode {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const saved: Wish = {
    url: endpoint?.url ?? '',
    description: endpoint?.description ?? '',
    eventTypes: endpoint?.eventTypes ?? null,
  }
  const draft = useDraft(saved, endpoint === undefined ? 'new-webhook' : `webhook.${endpoint.id}`)
  const { url, description, eventTypes: types } = draft.value
  const saving = useMutation({
    mutationFn: async () => {
      const wish = { ...draft.value, url: url.trim() }
      if (endpoint !== undefined) return void (await updateEndpoint(endpoint.id, changedParts(wish, saved)))
      const made = await createEndpoint({ ...wish, enabled: true })
      draft.reset()
      onMade?.(made)
    },
    onSuccess: () => {
      if (endpoint !== undefined) {
        draft.reset()
        notify(t('common.state.saved'))
        onClose()
      }
      return queries.invalidateQueries({ queryKey: ['webhook-endpoints'] })
    },
  })
  return (
    <Dialog
      title={t(endpoint === undefined ? 'settings.webhooks.add' : 'settings.webhooks.edit')}
      isOpen
      onClose={onClose}
      wide
    >
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <DraftGuard draft={draft} isSent={saving.isPending || saving.isSuccess} />
        <TextField
          label={t('settings.webhooks.url')}
          hint={t('settings.webhooks.url-hint')}
          type="url"
          direction="ltr"
          isRequired
          maxLength={2048}
          value={url}
          onChange={(text) => draft.change({ url: text })}
          wrong={wrongAt(saving.error, '/url')}
        />
        {url.trim().startsWith('http:') && <Notice tone="warm">{t('settings.webhooks.not-secret')}</Notice>}
        <TextField
          label={t('settings.webhooks.description')}
          optional
          maxLength={200}
          value={description}
          onChange={(text) => draft.change({ description: text })}
          wrong={wrongAt(saving.error, '/description')}
        />
        <TypeChoice types={types} onChange={(eventTypes) => draft.change({ eventTypes })} />
        <ProblemNotice error={saving.error} />
        <div className="actions">
          <Button onPress={onClose}>{t('common.action.cancel')}</Button>
          <Button
            type="submit"
            look="primary"
            isPending={saving.isPending}
            isDisabled={url.trim() === '' || types?.length === 0}
          >
            {t(endpoint === undefined ? 'settings.webhooks.add' : 'common.action.save')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

function TypeChoice(props: {
  types: string[] | null
  onChange: (types: string[] | null) => void
}): ReactNode {
  const { types, onChange } = props
  const t = useText()
  const known = useQuery(eventTypesQuery).data?.items ?? []
  return (
    <>
      <RadioChoice
        label={t('settings.webhooks.told-of')}
        choices={[
          {
            id: 'all',
            label: t('settings.webhooks.everything'),
            hint: t('settings.webhooks.everything-hint'),
          },
          { id: 'some', label: t('settings.webhooks.chosen') },
        ]}
        value={types === null ? 'all' : 'some'}
        onChange={(which) => onChange(which === 'all' ? null : [])}
      />
      {types !== null && (
        <fieldset className="group">
          <legend className="hide">{t('settings.webhooks.chosen')}</legend>
          <div className="columns" style={{ gap: 'var(--s1) var(--s4)' }}>
            {known.map(({ type }) => (
              <Checkbox
                key={type}
                isSelected={types.includes(type)}
                onChange={(on) => onChange(on ? [...types, type] : types.filter((other) => other !== type))}
              >
                <EventName type={type} />
              </Checkbox>
            ))}
          </div>
        </fieldset>
      )}
    </>
  )
}
