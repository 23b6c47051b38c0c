import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { giveCode } from '../api/account.ts'
import { useText } from '../text/person.tsx'
import { Button } from '../ui/button.tsx'
import { Card, PageHead } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/show.tsx'
import { CodeField } from './code-field.tsx'
import { Gate } from './frame.tsx'

/** The second step of signing in. */
export function SecondStep({ onDone, onAgain }: { onDone: () => void; onAgain: () => void }): ReactNode {
  const t = useText()
  const [code, setCode] = useState('')
  const giving = useMutation({ mutationFn: () => giveCode(code), onSuccess: onDone })
  return (
    <Gate small>
      <PageHead title={t('sign-in.second-title')} lead={t('sign-in.second-lead')} />
      <Card>
        <Form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            giving.mutate()
          }}
        >
          <ProblemNotice error={giving.error} />
          <CodeField label={t('sign-in.code')} value={code} onChange={setCode} />
          <Button type="submit" look="primary" isPending={giving.isPending} isDisabled={code.trim() === ''}>
            {t('common.action.continue')}
          </Button>
          <Button look="quiet" onPress={onAgain}>
            {t('sign-in.again')}
          </Button>
        </Form>
      </Card>
    </Gate>
  )
}
