import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { startTimer, streamsQuery, timerQuery, type Timer } from '../../api/streams.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/choice-fields.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Empty, Ghost, ProblemNotice } from '../../ui/show.tsx'
import { Purpose } from './purpose.tsx'
import { today } from './today.ts'

/** Asks for which stream, and to what end, the clock is to run. */
export default function Start({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = usePerson()
  const queries = useQueryClient()
  const found = useQuery(streamsQuery)
  const streams = (found.data ?? []).filter(({ archived }) => !archived)
  const [chosen, setChosen] = useState('')
  const [purpose, setPurpose] = useState<Timer['purpose']>('upkeep')
  const streamId = chosen === '' ? (streams[0]?.id ?? '') : chosen
  const starting = useMutation({
    mutationFn: () => startTimer({ streamId, purpose, day: today() }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: timerQuery.queryKey })
      onClose()
    },
  })
  return (
    <Dialog title={t('streams.clock.start')} isOpen onClose={onClose} dismissable>
      {found.isPending ? (
        <Ghost lines={3} />
      ) : streams.length === 0 ? (
        <Empty title={t('streams.empty')}>{t('streams.empty-lead')}</Empty>
      ) : (
        <Form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            starting.mutate()
          }}
        >
          <Select
            label={t('streams.stream')}
            choices={streams.map(({ id, name }) => ({ id, label: name }))}
            value={streamId}
            onChange={setChosen}
          />
          <Purpose value={purpose} onChange={setPurpose} />
          <ProblemNotice error={starting.error ?? found.error} />
          <div className="actions">
            <Button onPress={onClose}>{t('common.action.cancel')}</Button>
            <Button type="submit" look="primary" isPending={starting.isPending}>
              {t('streams.clock.start')}
            </Button>
          </div>
        </Form>
      )}
    </Dialog>
  )
}
