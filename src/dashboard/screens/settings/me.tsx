import { useId, useState, type ReactNode } from 'react'
import { useSession } from '../../api/session.ts'
import { usePerson } from '../../text/person.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Card } from '../../ui/page.tsx'
import { Said } from '../../ui/show.tsx'
import { CloseAccount } from './close-account.tsx'
import { MyData } from './my-data.tsx'
import { MyWorkspaces } from './my-workspaces.tsx'

/** What the person chose for this browser. */
export function PersonSettings(): ReactNode {
  const { t, preferences, prefer, number, date, relative, dateTime } = usePerson()
  // An hour before this screen was opened: an example that does not move.
  const [opened] = useState(() => new Date(Date.now() - 3_600_000).toISOString())
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
          <Choice
            label={t('settings.me.times')}
            choices={(['said', 'exact'] as const).map((id) => ({ id, label: t(`settings.me.time.${id}`) }))}
            value={preferences.times}
            onChange={(times) => void prefer({ times })}
            hint={t('settings.me.times-hint', {
              example: preferences.times === 'said' ? relative(opened) : dateTime(opened),
            })}
          />
        </div>
      </Card>
      <MyData />
      <MyWorkspaces />
      <CloseAccount />
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
  const id = useId()
  return (
    <div className="field">
      <span className="label">{props.label}</span>
      <Segments {...segments} {...(hint === undefined ? {} : { describedBy: id })} />
      {hint !== undefined && (
        <span className="hint" id={id}>
          {hint}
        </span>
      )}
    </div>
  )
}
