import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import type { Focus } from '../../../api/focus.ts'
import { useRight } from '../../../api/session.ts'
import { monthNames } from '../../../text/month-names.ts'
import { usePerson, useText } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/page.tsx'
import { Amount, Badge, Notice, Said } from '../../../ui/show.tsx'
import { Table, type Column } from '../../../ui/table.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import { EndDialog } from './end-dialog.tsx'
import { JumpDialog } from './jump-dialog.tsx'
import { Milestones } from './milestones.tsx'
import { Review } from './review.tsx'

/** The one stream: how far it is by its rule, its limits, its milestones, and the week. */
export function Current({ focus }: { focus: Focus }): ReactNode {
  const { t, date } = usePerson()
  const { stability, daysToKill, capReached, killOn } = focus
  return (
    <>
      {stability.stable && <Notice tone="good">{t('focus.is-stable')}</Notice>}
      {daysToKill < 0 && (
        <Notice tone="warm">{t('focus.kill-over', { date: date(`${killOn}T12:00:00`) })}</Notice>
      )}
      {capReached && <Notice tone="warm">{t('focus.cap-reached')}</Notice>}
      <TheOne focus={focus} />
      <div className="columns">
        <Milestones milestones={focus.milestones} />
        <Review focus={focus} />
      </div>
    </>
  )
}

function TheOne({ focus }: { focus: Focus }): ReactNode {
  const { t, number, date, money } = usePerson()
  const { streamId, streamName, rule, killOn, daysToKill, lossCap, spent, minutes, begunOn } = focus
  return (
    <Card
      title={
        <Link to="/streams/$streamId" params={{ streamId }}>
          <Said>{streamName}</Said>
        </Link>
      }
      actions={<Moves focus={focus} />}
    >
      <dl className="facts">
        <dt>{t('focus.begun')}</dt>
        <dd>{date(`${begunOn}T12:00:00`)}</dd>
        <dt>{t('focus.kill-on')}</dt>
        <dd>
          {date(`${killOn}T12:00:00`)}
          {daysToKill >= 0 && <span className="muted"> · {t('focus.days-left', { count: daysToKill })}</span>}
        </dd>
        <dt>{t('focus.loss-cap')}</dt>
        <dd>{t('focus.spent-of', { spent: money(spent), cap: money(lossCap) })}</dd>
        <dt>{t('focus.hours-given')}</dt>
        <dd>{number(Math.round(minutes / 60))}</dd>
      </dl>
      <p>
        {t('focus.rule-said', {
          months: number(rule.months),
          of: rule.of,
          amount: money(rule.amount),
          hours: number(rule.upkeepHours),
        })}
      </p>
      <Months focus={focus} />
    </Card>
  )
}

function Months({ focus: { stability } }: { focus: Focus }): ReactNode {
  const { t, number, preferences } = usePerson()
  const names = monthNames(preferences)
  const columns: Column<Focus['stability']['months'][number]>[] = [
    {
      id: 'month',
      title: t('focus.month'),
      main: true,
      cell: ({ month }) => names.long(month),
    },
    { id: 'net', title: t('focus.net'), figure: true, cell: ({ net }) => <Amount of={net} /> },
    {
      id: 'hours',
      title: t('focus.upkeep'),
      figure: true,
      cell: ({ upkeepMinutes }) => number(Math.round(upkeepMinutes / 6) / 10),
    },
    {
      id: 'counts',
      title: t('focus.counts'),
      cell: ({ counts }) => (
        <Badge tone={counts ? 'good' : 'plain'}>{t(counts ? 'focus.counts-yes' : 'focus.counts-no')}</Badge>
      ),
    },
  ]
  return (
    <Table
      label={t('focus.by-rule')}
      columns={columns}
      rows={stability.months}
      keyOf={({ month }) => month}
    />
  )
}

function Moves({ focus }: { focus: Focus }): ReactNode {
  const t = useText()
  const [open, setOpen] = useState<'change' | 'end' | 'jump' | undefined>(undefined)
  const close = () => setOpen(undefined)
  if (!useRight('planner:write')) return null
  return (
    <>
      <Button small onPress={() => setOpen('jump')}>
        {t('jump.open')}
      </Button>
      <Button small look="quiet" onPress={() => setOpen('change')}>
        {t('focus.change')}
      </Button>
      <Button small look="quiet" onPress={() => setOpen('end')}>
        {t('focus.end')}
      </Button>
      {open === 'change' && <ChangeDialog focus={focus} onClose={close} />}
      {open === 'end' && <EndDialog focus={focus} onClose={close} />}
      {open === 'jump' && <JumpDialog onClose={close} onJump={close} />}
    </>
  )
}
