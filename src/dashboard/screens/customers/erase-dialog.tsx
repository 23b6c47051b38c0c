import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { askPrivacy } from '../../api/privacy.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { ProblemNotice, Said } from '../../ui/show.tsx'

/** Asks for the address again before a customer is erased: it cannot be undone. */
export function EraseDialog({ email, onClose }: { email: string; onClose: () => void }): ReactNode {
  const t = useText()
  const [typed, setTyped] = useState('')
  const client = useQueryClient()
  const erase = useMutation({
    mutationFn: () => askPrivacy({ kind: 'erasure', email, confirm: typed.trim() }),
    onSuccess: async () => {
      onClose()
      await client.invalidateQueries({ queryKey: ['privacy-requests'] })
    },
  })
  const same = typed.trim().toLowerCase() === email
  return (
    <Dialog title={t('customers.erase-title')} isOpen onClose={onClose}>
      <p>
        <Said ltr>{email}</Said>
      </p>
      <p>{t('customers.erase-goes')}</p>
      <p>{t('customers.erase-stays')}</p>
      <TextField
        label={t('customers.erase-again')}
        direction="ltr"
        type="email"
        autoComplete="off"
        value={typed}
        onChange={setTyped}
      />
      <ProblemNotice error={erase.error} />
      <div className="actions">
        <Button onPress={onClose}>{t('common.action.cancel')}</Button>
        <Button look="danger" isDisabled={!same} isPending={erase.isPending} onPress={() => erase.mutate()}>
          {t('customers.erase-for-ever')}
        </Button>
      </div>
    </Dialog>
  )
}
