import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { beginAdvised, type Advised } from '../../../api/assessment.ts'
import { storeQuery } from '../../../api/catalog.ts'
import { isProblem } from '../../../api/client.ts'
import { wrongAt } from '../../../api/errors-of.ts'
import { useText } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { ProblemNotice } from '../../../ui/show.tsx'
import { emptyLimits, LimitsFields, readLimits } from '../focus/limits-fields.tsx'
import { JumpDialog } from '../focus/jump-dialog.tsx'

/** Begins a stream of the advice: its name, and the limits that its person sets. */
export function BeginDialog({ advised, onClose }: { advised: Advised; onClose: () => void }): ReactNode {
  const t = useText()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const currency = useSuspenseQuery(storeQuery).data.currencies[0] ?? 'SAR'
  const [name, setName] = useState('')
  const [typed, setTyped] = useState(() => emptyLimits(advised.killOn, currency))
  const limits = readLimits(typed)
  const beginning = useMutation({
    mutationFn: async () => {
      if (limits !== undefined) await beginAdvised({ ...limits, stream: advised.stream, name })
    },
    onSuccess: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['focus'] }),
        queries.invalidateQueries({ queryKey: ['streams'] }),
      ])
      await navigate({ to: '/plan/focus' })
    },
  })
  const isHeld = isProblem(beginning.error) && beginning.error.problem.type.endsWith('#focus-held')
  if (isHeld) return <JumpDialog wanted={name} onClose={onClose} onJump={() => beginning.mutate()} />
  return (
    <Dialog title={t('advice.begin-title', { name: advised.name })} isOpen onClose={onClose} wide>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          beginning.mutate()
        }}
      >
        <p className="prose">{t('advice.begin-lead')}</p>
        <TextField
          label={t('advice.stream-name')}
          isRequired
          maxLength={120}
          value={name}
          onChange={setName}
          wrong={wrongAt(beginning.error, '/name')}
        />
        <LimitsFields value={typed} error={beginning.error} onChange={setTyped} />
        <ProblemNotice error={beginning.error} />
        <div className="actions">
          <Button onPress={onClose}>{t('common.action.cancel')}</Button>
          <Button
            type="submit"
            look="primary"
            isPending={beginning.isPending}
            isDisabled={limits === undefined || name.trim() === ''}
          >
            {t('advice.begin')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
