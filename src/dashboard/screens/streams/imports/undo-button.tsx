import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { undoImport, type StreamImport } from '../../../api/imports.ts'
import { useText } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ProblemNotice } from '../../../ui/show.tsx'

/** Takes back all that an import posted, after asking. */
export function UndoButton({ of: one }: { of: StreamImport }): ReactNode {
  const t = useText()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const undoing = useMutation({
    mutationFn: () => undoImport(one.id),
    onSuccess: async () => {
      setAsking(false)
      await queries.invalidateQueries({ queryKey: ['stream-imports'] })
    },
  })
  return (
    <>
      <Button icon={Undo2} turn onPress={() => setAsking(true)}>
        {t('imports.undo')}
      </Button>
      <Dialog title={t('imports.undo-title')} isOpen={asking} onClose={() => setAsking(false)}>
        <div className="stack">
          <p>{t('imports.undo-lead', { count: one.progress.total })}</p>
          <ProblemNotice error={undoing.error} />
          <div className="actions">
            <Button onPress={() => setAsking(false)}>{t('common.action.cancel')}</Button>
            <Button look="danger" isPending={undoing.isPending} onPress={() => undoing.mutate()}>
              {t('imports.undo')}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  )
}
