import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { stopTimer } from '../../api/streams.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemNotice } from '../../ui/show.tsx'
import { DurationField, readDuration } from './duration-field.tsx'

/** Asks how long it really was, where the clock was left running; or says what else is wrong. */
export default function Really(props: {
  error: unknown
  onClose: () => void
  onDone: () => Promise<unknown>
}): ReactNode {
  const { error, onClose, onDone } = props
  const { t } = usePerson()
  const [typed, setTyped] = useState('')
  const minutes = readDuration(typed)
  const stopping = useMutation({
    mutationFn: (discard: boolean) => stopTimer(discard ? { discard } : { minutes: minutes ?? 0 }),
    onSuccess: async () => {
      await onDone()
      onClose()
    },
  })
  return (
    <Dialog title={t('streams.clock.how-long')} isOpen onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          stopping.mutate(false)
        }}
      >
        <ProblemNotice error={stopping.error ?? error} />
        <DurationField value={typed} onChange={setTyped} error={stopping.error} />
        <div className="actions">
          <Button onPress={() => stopping.mutate(true)}>{t('streams.clock.discard')}</Button>
          <Button
            type="submit"
            look="primary"
            isPending={stopping.isPending}
            isDisabled={minutes === undefined}
          >
            {t('streams.clock.enter')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
