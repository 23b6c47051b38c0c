import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { wrongAt } from '../../api/errors-of.ts'
import { changePassword } from '../../api/workspaces.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { PasswordField } from '../../ui/fields.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'

/** Another password for the person who is signed in. */
export function PasswordCard(): ReactNode {
  const { t } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const [currentPassword, setCurrent] = useState('')
  const [newPassword, setNew] = useState('')
  const changing = useMutation({
    mutationFn: () => changePassword({ currentPassword, newPassword }),
    onSuccess: () => {
      setCurrent('')
      setNew('')
      notify(t('settings.me.password-changed'))
      return queries.invalidateQueries({ queryKey: ['sessions'] })
    },
  })
  return (
    <Card title={t('settings.me.password')}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          changing.mutate()
        }}
      >
        <div className="columns">
          <PasswordField
            label={t('settings.me.current-password')}
            autoComplete="current-password"
            value={currentPassword}
            onChange={setCurrent}
          />
          <PasswordField
            label={t('settings.me.new-password')}
            autoComplete="new-password"
            hint={t('setup.password-hint')}
            value={newPassword}
            onChange={setNew}
            wrong={wrongAt(changing.error, '/newPassword')}
          />
        </div>
        <ProblemNotice error={changing.error} />
        <div>
          <Button
            type="submit"
            isPending={changing.isPending}
            isDisabled={currentPassword === '' || newPassword === ''}
          >
            {t('settings.me.change-password')}
          </Button>
        </div>
      </Form>
    </Card>
  )
}
