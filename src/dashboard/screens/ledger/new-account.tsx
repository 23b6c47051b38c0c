import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { wrongAt, wrongInBoth } from '../../api/errors-of.ts'
import { addAccount } from '../../api/ledger.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { BilingualField, Checkbox, TextField } from '../../ui/fields.tsx'
import { ProblemNotice } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'

const blank = { code: '', name: { ar: '', en: '' }, contrary: false }

/** Adds an account of one's own to the chart; it appears among the balances when something is first posted to it. */
export function NewAccount(): ReactNode {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const [draft, setDraft] = useState(blank)
  const adding = useMutation({
    mutationFn: () => addAccount(draft),
    onSuccess: () => {
      setOpen(false)
      setDraft(blank)
      notify(t('ledger.account-added'))
      return queries.invalidateQueries({ queryKey: ['ledger', 'chart'] })
    },
  })
  const put = (part: Partial<typeof blank>) => setDraft({ ...draft, ...part })
  return (
    <>
      <Button small icon={Plus} onPress={() => setOpen(true)}>
        {t('ledger.add-account')}
      </Button>
      <Dialog title={t('ledger.add-account')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <Form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            adding.mutate()
          }}
        >
          <TextField
            label={t('ledger.code')}
            hint={t('ledger.code-hint')}
            direction="ltr"
            isRequired
            value={draft.code}
            onChange={(code) => put({ code })}
            wrong={wrongAt(adding.error, '/code')}
          />
          <BilingualField
            label={t('ledger.account-name')}
            maxLength={100}
            value={draft.name}
            onChange={(name) => put({ name })}
            wrong={wrongInBoth(adding.error, '/name')}
          />
          <Checkbox
            hint={t('ledger.contrary-hint')}
            isSelected={draft.contrary}
            onChange={(contrary) => put({ contrary })}
          >
            {t('ledger.contrary')}
          </Checkbox>
          <ProblemNotice error={adding.error} />
          <div>
            <Button type="submit" look="primary" isPending={adding.isPending}>
              {t('ledger.add-account')}
            </Button>
          </div>
        </Form>
      </Dialog>
    </>
  )
}
