import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
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

/** Steps on the way, each with its date. */
export function Milestones({ milestones }: { milestones: readonly Milestone[] }): ReactNode {
  const { t, date } = usePerson()
  const queries = useQueryClient()
  const mayWrite = useRight('planner:write')
  const again = { onSuccess: () => queries.invalidateQueries({ queryKey: ['focus'] }) }
  const changing = useMutation({
    mutationFn: ({ id, done }: { id: string; done: boolean }) => updateMilestone(id, { done }),
    ...again,
  })
  const removing = useMutation({ mutationFn: removeMilestone, ...again })
  return (
    <Card title={t('milestones.title')}>
      {milestones.length === 0 && <p className="muted">{t('milestones.empty')}</p>}
      <ul className="reasons">
        {milestones.map(({ id, title, dueOn, doneOn }) => (
          <li key={id} className="row between">
            <Checkbox
              isSelected={doneOn !== null}
              onChange={(done) => mayWrite && changing.mutate({ id, done })}
              hint={
                doneOn === null
                  ? t('milestones.due', { date: date(`${dueOn}T12:00:00`) })
                  : t('milestones.done', { date: date(`${doneOn}T12:00:00`) })
              }
            >
              <bdi>{title}</bdi>
            </Checkbox>
            {mayWrite && (
              <Button
                small
                look="quiet"
                icon={Trash2}
                label={t('milestones.remove', { title })}
                onPress={() => removing.mutate(id)}
              />
            )}
          </li>
        ))}
      </ul>
      <ProblemNotice error={changing.error ?? removing.error} />
      {mayWrite && <Add />}
    </Card>
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
