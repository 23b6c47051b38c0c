import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { focusQuery, jumpsQuery, type Focuses } from '../../../api/focus.ts'
import { useRight } from '../../../api/session.ts'
import { usePerson, useText } from '../../../text/person.tsx'
import { Button, buttonClass } from '../../../ui/button.tsx'
import { Card } from '../../../ui/page.tsx'
import { Badge, Empty, Said, Time } from '../../../ui/show.tsx'
import { Table, type Column } from '../../../ui/table.tsx'
import { ChooseDialog } from './choose-dialog.tsx'
import { Current } from './current.tsx'

/** The one stream, its milestones and its week; what was decided before. */
export function FocusScreen(): ReactNode {
  const t = useText()
  const { current, past } = useSuspenseQuery(focusQuery).data
  const mayWrite = useRight('planner:write')
  const [choosing, setChoosing] = useState(false)
  return (
    <>
      {current === null ? (
        <Empty
          title={t('focus.empty')}
          action={
            mayWrite && (
              <span className="row">
                <Link to="/plan/assessment" className={buttonClass('primary')}>
                  {t('focus.to-assessment')}
                </Link>
                <Button onPress={() => setChoosing(true)}>{t('focus.choose')}</Button>
              </span>
            )
          }
        >
          {t('focus.empty-lead')}
        </Empty>
      ) : (
        <Current focus={current} />
      )}
      <Past past={past} />
      <Decisions />
      {choosing && <ChooseDialog onClose={() => setChoosing(false)} />}
    </>
  )
}

const tones = { stable: 'good', killed: 'warm', left: 'plain' } as const

function Past({ past }: Pick<Focuses, 'past'>): ReactNode {
  const { t, date } = usePerson()
  if (past.length === 0) return null
  const day = (text: string | null) => (text === null ? '' : date(`${text}T12:00:00`))
  const columns: Column<Focuses['past'][number]>[] = [
    { id: 'name', title: t('jump.stream'), main: true, cell: ({ streamName }) => <Said>{streamName}</Said> },
    { id: 'from', title: t('focus.begun'), cell: ({ begunOn }) => day(begunOn) },
    { id: 'to', title: t('focus.ended'), cell: ({ endedOn }) => day(endedOn) },
    {
      id: 'as',
      title: t('focus.as'),
      cell: ({ endedAs }) =>
        endedAs !== null && <Badge tone={tones[endedAs]}>{t(`focus.ended-as.${endedAs}`)}</Badge>,
    },
    { id: 'note', title: t('focus.note'), cell: ({ note }) => note !== '' && <Said>{note}</Said> },
  ]
  return (
    <Card title={t('focus.past')} flush>
      <Table label={t('focus.past')} columns={columns} rows={past} keyOf={({ id }) => id} />
    </Card>
  )
}

function Decisions(): ReactNode {
  const { t } = usePerson()
  const { items } = useSuspenseQuery(jumpsQuery).data
  if (items.length === 0) return null
  return (
    <Card title={t('jump.decisions')}>
      <ul className="reasons">
        {items.map(({ id, wanted, decision, reason, streamName, createdAt }) => (
          <li key={id}>
            <span className="muted">
              <Time at={createdAt} />
            </span>
            <span>{t(`jump.decided.${decision}`, { wanted, stream: streamName })}</span>
            {reason !== '' && (
              <span className="muted">
                <Said>{reason}</Said>
              </span>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
