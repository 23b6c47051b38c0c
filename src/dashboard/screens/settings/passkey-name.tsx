import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'

/** Wants the name of a passkey. */
export function NameDialog(props: {
  title: string
  action: string
  initial?: string
  isPending: boolean
  fault: ReactNode
  onName: (name: string) => void
  onClose: () => void
}): ReactNode {
  const t = useText()
  const [name, setName] = useState(props.initial ?? '')
  return (
    <Dialog title={props.title} isOpen onClose={props.onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          props.onName(name)
        }}
      >
        <TextField
          label={t('settings.security.name')}
          hint={t('settings.security.name-hint')}
          isRequired
          maxLength={60}
          value={name}
          onChange={setName}
        />
        {props.fault}
        <div className="actions">
          <Button onPress={props.onClose}>{t('common.action.cancel')}</Button>
          <Button type="submit" look="primary" isPending={props.isPending} isDisabled={name.trim() === ''}>
            {props.action}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
