import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { wrongAt } from '../api/errors-of.ts'
import { openWorkspace } from '../api/team.ts'
import { usePerson } from '../text/person.tsx'
import { Button } from '../ui/button.tsx'
import { CurrencyField } from '../ui/currency-field.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/fields.tsx'
import { ProblemNotice } from '../ui/show.tsx'
import { useSwitch } from './switch-workspace.ts'

/** Opens another workspace and goes over to it. */
export default function NewWorkspaceDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { t, locale } = usePerson()
  const change = useSwitch()
  const [names, setNames] = useState({ ar: '', en: '' })
  const [currency, setCurrency] = useState<Parameters<typeof openWorkspace>[0]['currency']>('SAR')
  const opening = useMutation({
    mutationFn: () => {
      const either = names.ar.trim() || names.en.trim()
      const [storeNameAr, storeNameEn] = [names.ar.trim() || either, names.en.trim() || either]
      return openWorkspace({ storeNameAr, storeNameEn, currency, locale })
    },
    onSuccess: async ({ id }) => {
      onClose()
      await change(id)
    },
  })
  return (
    <Dialog title={t('switcher.new-title')} isOpen onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          opening.mutate()
        }}
      >
        <p className="muted">{t('switcher.new-lead')}</p>
        <TextField
          label={t('setup.store-name-ar')}
          lang="ar"
          maxLength={120}
          value={names.ar}
          onChange={(ar) => setNames({ ...names, ar })}
          wrong={wrongAt(opening.error, '/storeNameAr')}
        />
        <TextField
          label={t('setup.store-name-en')}
          lang="en"
          maxLength={120}
          value={names.en}
          onChange={(en) => setNames({ ...names, en })}
          wrong={wrongAt(opening.error, '/storeNameEn')}
          hint={t('setup.one-name')}
        />
        <CurrencyField
          label={t('setup.currency')}
          hint={t('setup.currency-hint')}
          value={currency}
          onChange={setCurrency}
        />
        <ProblemNotice error={opening.error} />
        <div className="actions">
          <Button onPress={onClose}>{t('common.action.cancel')}</Button>
          <Button
            type="submit"
            look="primary"
            isPending={opening.isPending}
            isDisabled={`${names.ar}${names.en}`.trim() === ''}
          >
            {t('switcher.make')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
