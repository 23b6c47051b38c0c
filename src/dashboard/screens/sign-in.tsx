import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { sessionQuery, setUpQuery, signIn } from '../api/workspaces.ts'
import { wrongAt } from '../api/errors-of.ts'
import { useText } from '../text/person.tsx'
import { Button } from '../ui/button.tsx'
import { PasswordField, TextField } from '../ui/fields.tsx'
import { Card, PageHead } from '../ui/page.tsx'
import { Notice, ProblemNotice } from '../ui/show.tsx'
import { Gate } from './frame.tsx'

/** Signing in, and back to where one wanted to go. */
export function SignInScreen(): ReactNode {
  const t = useText()
  const router = useRouter()
  const queries = useQueryClient()
  const { from } = useSearch({ from: '/sign-in' })
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const waiting = useQuery(setUpQuery).data?.done === false
  const entering = useMutation({
    mutationFn: () => signIn({ email, password }),
    onSuccess: async () => {
      queries.removeQueries({ queryKey: sessionQuery.queryKey })
      // Only addresses of the dashboard itself are kept in `from`.
      await router.navigate({ href: from?.startsWith('/dashboard') === true ? from : '/dashboard/' })
    },
  })
  return (
    <Gate small>
      <PageHead title={t('sign-in.title')} lead={t('sign-in.lead')} />
      {waiting && <Notice title={t('sign-in.waiting')}>{t('sign-in.waiting-detail')}</Notice>}
      <Card>
        <Form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            entering.mutate()
          }}
        >
          <ProblemNotice error={entering.error} />
          <TextField
            label={t('common.field.email')}
            type="email"
            autoComplete="username"
            direction="ltr"
            isRequired
            value={email}
            onChange={setEmail}
            wrong={wrongAt(entering.error, '/email')}
          />
          <PasswordField
            label={t('common.field.password')}
            autoComplete="current-password"
            isRequired
            value={password}
            onChange={setPassword}
          />
          <Button type="submit" look="primary" isPending={entering.isPending}>
            {t('common.action.sign-in')}
          </Button>
        </Form>
      </Card>
    </Gate>
  )
}
