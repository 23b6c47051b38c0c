import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CalendarClock, Plus, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { wrongAt } from '../../../api/errors-of.ts'
import { addMilestone, removeMilestone, updateMilestone, type Milestone } from '../../../api/focus.ts'
import { useRight } from '../../../api/session.ts'
import { usePerson } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox, TextField } from '../../../ui/fields.tsx'
import { Card } from '../../../ui/page.tsx'
import { ProblemNotice } from '../../../ui/show.tsx'
import { today } from '../../streams/today.ts'

/** Steps on the way, each with its date. */
export function Milestones({ milestones }: { milestones: readonly Milestone[] }): ReactNode {
  const { t } = usePerson()
  const mayWrite = useRight('planner:write')
  return (
    <Card title={t('milestones.title')}>
      {milestones.length === 0 && <p className="muted">{t('milestones.empty')}</p>}
      <ul className="reasons">
        {milestones.map((milestone) => (
          <li key={milestone.id} className="stack tight">
            <Step milestone={milestone} mayWrite={mayWrite} />
          </li>
        ))}
      </ul>
      {mayWrite && <Add />}
    </Card>
  )
}

function Step({ milestone, mayWrite }: { milestone: Milestone; mayWrite: boolean }): ReactNode {
  const { id, title, dueOn, doneOn } = milestone
  const { t, date } = usePerson()
  const queries = useQueryClient()
  const [moving, setMoving] = useState(false)
  const again = { onSuccess: () => queries.invalidateQueries({ queryKey: ['focus'] }) }
  const changing = useMutation({ mutationFn: (done: boolean) => updateMilestone(id, { done }), ...again })
  const removing = useMutation({ mutationFn: () => removeMilestone(id), ...again })
  const when =
    doneOn === null
      ? t('milestones.due', { date: date(`${dueOn}T12:00:00`) })
      : t('milestones.done', { date: date(`${doneOn}T12:00:00`) })
  const isLate = doneOn === null && dueOn < today()
  return (
    <>
      <div className="row between">
        <Checkbox
          isSelected={doneOn !== null}
          onChange={(done) => mayWrite && changing.mutate(done)}
          hint={isLate ? `${when} · ${t('milestones.late')}` : when}
        >
          <bdi>{title}</bdi>
        </Checkbox>
        {mayWrite && (
          <span className="row">
            {doneOn === null && (
              <Button
                small
                look="quiet"
                icon={CalendarClock}
                label={t('milestones.move', { title })}
                onPress={() => setMoving(!moving)}
              />
            )}
            <Button
              small
              look="quiet"
              icon={Trash2}
              label={t('milestones.remove', { title })}
              onPress={() => removing.mutate()}
            />
          </span>
        )}
      </div>
      {moving && <Move milestone={milestone} onDone={() => setMoving(false)} />}
      <ProblemNotice error={changing.error ?? removing.error} />
    </>
  )
}

/** Another day for a step. */
function Move({ milestone: { id, dueOn }, onDone }: { milestone: Milestone; onDone: () => void }): ReactNode {
  const { t } = usePerson()
  const queries = useQueryClient()
  const [day, setDay] = useState(dueOn)
  const saving = useMutation({
    mutationFn: () => updateMilestone(id, { dueOn: day }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['focus'] })
      onDone()
    },
  })
  return (
    <Form
      className="row"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <TextField
        label={t('milestones.when')}
        type="date"
        direction="ltr"
        value={day}
        onChange={setDay}
        wrong={wrongAt(saving.error, '/dueOn', true)}
      />
      <Button type="submit" isPending={saving.isPending} isDisabled={day === ''}>
        {t('common.action.save')}
      </Button>
    </Form>
  )
}

function Add(): ReactNode {
  const { t } = usePerson()
  const queries = useQueryClient()
  const [title, setTitle] = useState('')
  const [dueOn, setDueOn] = useState('')
  const adding = useMutation({
    mutationFn: () => addMilestone({ title, dueOn }),
    onSuccess: async () => {
      setTitle('')
      setDueOn('')
      await queries.invalidateQueries({ queryKey: ['focus'] })
    },
  })
  return (
    <Form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault()
        adding.mutate()
      }}
    >
      <TextField
        label={t('milestones.what')}
        maxLength={200}
        value={title}
        onChange={setTitle}
        wrong={wrongAt(adding.error, '/title')}
      />
      <TextField
        label={t('milestones.when')}
        type="date"
        direction="ltr"
        value={dueOn}
        onChange={setDueOn}
        wrong={wrongAt(adding.error, '/dueOn')}
      />
      <ProblemNotice error={adding.error} />
      <div className="row">
        <Button
          type="submit"
          icon={Plus}
          isPending={adding.isPending}
          isDisabled={title.trim() === '' || dueOn === ''}
        >
          {t('milestones.add')}
        </Button>
      </div>
    </Form>
  )
}
