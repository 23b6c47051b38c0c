import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { storeQuery } from '../../../api/catalog.ts'
import { beginFocus } from '../../../api/focus.ts'
import { streamsQuery } from '../../../api/streams.ts'
import { useText } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { SearchSelect } from '../../../ui/choice-fields.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ProblemNotice } from '../../../ui/show.tsx'
import { emptyLimits, LimitsFields, readLimits } from './limits-fields.tsx'

/** Makes a stream that is there already the one. */
export function ChooseDialog({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  const queries = useQueryClient()
  const currency = useSuspenseQuery(storeQuery).data.currencies[0] ?? 'SAR'
  const streams = useSuspenseQuery(streamsQuery).data.filter(
    ({ archived, kind }) => !archived && kind !== 'salary',
  )
  const [streamId, setStreamId] = useState('')
  const [typed, setTyped] = useState(() => emptyLimits('', currency))
  const limits = readLimits(typed)
  const beginning = useMutation({
    mutationFn: async () => {
      if (limits !== undefined) await beginFocus({ ...limits, streamId })
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['focus'] })
      onClose()
    },
  })
  return (
    <Dialog title={t('focus.choose')} isOpen onClose={onClose} wide>
      {streams.length === 0 ? (
        <p>{t('focus.no-streams')}</p>
      ) : (
        <Form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            beginning.mutate()
          }}
        >
          <SearchSelect
            label={t('jump.stream')}
            choices={streams.map(({ id, name }) => ({ id, label: name }))}
            value={streamId}
            onChange={setStreamId}
          />
          <LimitsFields value={typed} error={beginning.error} onChange={setTyped} />
          <ProblemNotice error={beginning.error} />
          <div className="actions">
            <Button onPress={onClose}>{t('common.action.cancel')}</Button>
            <Button
              type="submit"
              look="primary"
              isPending={beginning.isPending}
              isDisabled={limits === undefined || streamId === ''}
            >
              {t('focus.make-one')}
            </Button>
          </div>
        </Form>
      )}
    </Dialog>
  )
}
