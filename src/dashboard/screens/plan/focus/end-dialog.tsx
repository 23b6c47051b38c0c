import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { endFocus, type Focus } from '../../../api/focus.ts'
import { useText } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { RadioChoice } from '../../../ui/choice-fields.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { ProblemNotice } from '../../../ui/show.tsx'

/** Ends the one stream, and keeps how and why. */
export function EndDialog({ focus, onClose }: { focus: Focus; onClose: () => void }): ReactNode {
  const t = useText()
  const queries = useQueryClient()
  const isOver = focus.daysToKill < 0 || focus.capReached
  const ways = [
    ...(focus.stability.stable ? (['stable'] as const) : []),
    ...(isOver ? (['killed'] as const) : []),
    'left' as const,
  ]
  const [as, setAs] = useState<(typeof ways)[number]>(ways[0] ?? 'left')
  const [note, setNote] = useState('')
  const ending = useMutation({
    mutationFn: () => endFocus({ as, note }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['focus'] })
      onClose()
    },
  })
  return (
    <Dialog title={t('focus.end')} isOpen onClose={onClose}>
      <div className="stack">
        <p className="prose">{t('focus.end-lead')}</p>
        <RadioChoice
          label={t('focus.as')}
          choices={ways.map((id) => ({ id, label: t(`focus.end-as.${id}`) }))}
          value={as}
          onChange={setAs}
        />
        <TextField
          label={t('focus.note')}
          optional
          lines="many"
          maxLength={1000}
          value={note}
          onChange={setNote}
        />
        <ProblemNotice error={ending.error} />
        <div className="actions">
          <Button onPress={onClose}>{t('common.action.cancel')}</Button>
          <Button look="primary" isPending={ending.isPending} onPress={() => ending.mutate()}>
            {t('focus.end')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
