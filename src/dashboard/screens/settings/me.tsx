import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { wrongAt } from '../../api/errors-of.ts'
import { useSession } from '../../api/session.ts'
import { changePassword, chooseWorkspace } from '../../api/workspaces.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Segments } from '../../ui/segments.tsx'
import { PasswordField } from '../../ui/fields.tsx'
import { Card } from '../../ui/page.tsx'
import { Badge, ProblemNotice, Said } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'

/** What the person chose for this browser, and their password. */
export function PersonSettings(): ReactNode {
  const { t, preferences, prefer, number, date } = usePerson()
  const { person } = useSession()
  return (
    <div className="stack loose">
      <Card title={<Said>{person.name}</Said>}>
        <p className="muted">
          <Said ltr>{person.email}</Said>
        </p>
      </Card>
      <Card title={t('settings.me.look')}>
        <p className="muted">{t('settings.me.look-lead')}</p>
        <div className="columns">
          <Choice
            label={t('settings.me.language')}
            choices={(['ar', 'en'] as const).map((id) => ({ id, label: t(`common.language.${id}`) }))}
            value={preferences.locale}
            onChange={(locale) => void prefer({ locale })}
          />
          <Choice
            label={t('settings.me.theme')}
            choices={(['system', 'light', 'dark'] as const).map((id) => ({
              id,
              label: t(`settings.me.themes.${id}`),
            }))}
            value={preferences.theme}
            onChange={(theme) => void prefer({ theme })}
          />
          <Choice
            label={t('settings.me.digits')}
            choices={(['latn', 'arab'] as const).map((id) => ({ id, label: id === 'latn' ? '123' : '١٢٣' }))}
            value={preferences.numerals}
            onChange={(numerals) => void prefer({ numerals })}
            hint={t('settings.me.digits-hint', { example: number(1234.5) })}
          />
          <Choice
            label={t('settings.me.calendar')}
            choices={(['gregorian', 'hijri'] as const).map((id) => ({
              id,
              label: t(`settings.me.calendars.${id}`),
            }))}
            value={preferences.calendar}
            onChange={(calendar) => void prefer({ calendar })}
            hint={t('settings.me.calendar-hint', { example: date(new Date()) })}
          />
        </div>
      </Card>
      <Workspaces />
      <Password />
    </div>
  )
}

function Choice<Id extends string>(props: {
  label: string
  hint?: string
  choices: readonly { id: Id; label: string }[]
  value: Id
  onChange: (id: Id) => void
}): ReactNode {
  const { hint, ...segments } = props
  return (
    <div className="field">
      <span className="label">{props.label}</span>
      <Segments {...segments} />
      {hint !== undefined && <span className="hint">{hint}</span>}
    </div>
  )
}

/** Where else the person works; nothing to choose for those who have one place. */
function Workspaces(): ReactNode {
  const { t } = usePerson()
  const router = useRouter()
  const queries = useQueryClient()
  const { workspaces, current } = useSession()
  if (workspaces.length < 2) return null
  const change = async (id: string) => {
    chooseWorkspace(id)
    queries.clear()
    await router.navigate({ to: '/' })
    await router.invalidate()
  }
  return (
    <Card title={t('settings.me.workspaces')}>
      <ul className="items">
        {workspaces.map(({ id, name, role }) => (
          <li key={id}>
            <div className="row between">
              <span>
                <Said>{name}</Said> <Badge>{t(`settings.members.roles.${role}`)}</Badge>
              </span>
              {id === current?.workspaceId ? (
                <Badge tone="good">{t('settings.me.here')}</Badge>
              ) : (
                <Button small onPress={() => void change(id)}>
                  {t('settings.me.go-there')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Password(): ReactNode {
  const { t } = usePerson()
  const notify = useNotify()
  const [currentPassword, setCurrent] = useState('')
  const [newPassword, setNew] = useState('')
  const changing = useMutation({
    mutationFn: () => changePassword({ currentPassword, newPassword }),
    onSuccess: () => {
      setCurrent('')
      setNew('')
      notify(t('settings.me.password-changed'))
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
