import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Square, Timer as TimerIcon } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { latinDigits } from '../../../shared/arabic.ts'
import { isProblem } from '../../api/client.ts'
import { wrongAt } from '../../api/errors-of.ts'
import { startTimer, stopTimer, streamsQuery, timerQuery, type Timer } from '../../api/streams.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/choice-fields.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Empty, Ghost, ProblemNotice } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { parseDuration, saidDuration } from './duration.ts'
import { today } from './today.ts'

/** The clock for hours, on every screen: it can be started and stopped anywhere, and shows how long it has run. */
export default function Clock({ small = false }: { small?: boolean }): ReactNode {
  const { t } = usePerson()
  const { data } = useQuery(timerQuery)
  const [starting, setStarting] = useState(false)
  if (data === undefined) return null
  if (data.timer !== null) return <Running timer={data.timer} small={small} />
  return (
    <>
      <Button
        look="quiet"
        icon={TimerIcon}
        {...(small ? { label: t('streams.clock.start') } : {})}
        onPress={() => setStarting(true)}
      >
        {small ? undefined : t('streams.clock.start')}
      </Button>
      {starting && <Start onClose={() => setStarting(false)} />}
    </>
  )
}

function Running({ timer, small }: { timer: Timer; small: boolean }): ReactNode {
  const { t, number } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const minutes = useMinutesSince(timer.startedAt)
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: timerQuery.queryKey }),
      queries.invalidateQueries({ queryKey: ['streams'] }),
    ])
  const stopping = useMutation({
    mutationFn: () => stopTimer({}),
    onSuccess: async ({ hours }) => {
      notify(
        hours === null
          ? t('streams.clock.nothing')
          : t('streams.clock.entered', { duration: saidDuration(hours.minutes, t, number) }),
      )
      await refresh()
    },
    onError: async (error) => {
      if (isProblem(error) && error.problem.status === 404) await refresh()
      else setAsking(true)
    },
  })
  const said = saidDuration(minutes, t, number)
  return (
    <>
      <Button
        icon={Square}
        {...(small
          ? { label: t('streams.clock.stop-of', { stream: timer.streamName, duration: said }) }
          : {})}
        isPending={stopping.isPending}
        onPress={() => stopping.mutate()}
      >
        {small ? undefined : (
          <span className="stack" style={{ gap: 0, textAlign: 'start', minInlineSize: 0 }}>
            <span>{t('streams.clock.stop', { duration: said })}</span>
            <span className="small muted">
              <bdi>{timer.streamName}</bdi>
            </span>
          </span>
        )}
      </Button>
      {asking && <Really error={stopping.error} onClose={() => setAsking(false)} onDone={refresh} />}
    </>
  )
}

/** Whole minutes, reckoned again as each one ends. */
function useMinutesSince(startedAt: string): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), 10_000)
    return () => clearInterval(ticking)
  }, [])
  return Math.max(0, Math.floor((now - Date.parse(startedAt)) / 60_000))
}

function Start({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = usePerson()
  const queries = useQueryClient()
  const found = useQuery(streamsQuery)
  const streams = (found.data ?? []).filter(({ archived }) => !archived)
  const [chosen, setChosen] = useState('')
  const [purpose, setPurpose] = useState<Timer['purpose']>('upkeep')
  const streamId = chosen === '' ? (streams[0]?.id ?? '') : chosen
  const starting = useMutation({
    mutationFn: () => startTimer({ streamId, purpose, day: today() }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: timerQuery.queryKey })
      onClose()
    },
  })
  return (
    <Dialog title={t('streams.clock.start')} isOpen onClose={onClose} dismissable>
      {found.isPending ? (
        <Ghost lines={3} />
      ) : streams.length === 0 ? (
        <Empty title={t('streams.empty')}>{t('streams.empty-lead')}</Empty>
      ) : (
        <Form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            starting.mutate()
          }}
        >
          <Select
            label={t('streams.stream')}
            choices={streams.map(({ id, name }) => ({ id, label: name }))}
            value={streamId}
            onChange={setChosen}
          />
          <Purpose value={purpose} onChange={setPurpose} />
          <ProblemNotice error={starting.error ?? found.error} />
          <div className="actions">
            <Button onPress={onClose}>{t('common.action.cancel')}</Button>
            <Button type="submit" look="primary" isPending={starting.isPending}>
              {t('streams.clock.start')}
            </Button>
          </div>
        </Form>
      )}
    </Dialog>
  )
}

/** What the time is for. */
export function Purpose(props: {
  value: Timer['purpose']
  onChange: (purpose: Timer['purpose']) => void
}): ReactNode {
  const { t } = usePerson()
  return (
    <div className="stack tight">
      <Segments
        label={t('streams.hours.purpose')}
        choices={(['upkeep', 'building'] as const).map((id) => ({
          id,
          label: t(`streams.hours.purposes.${id}`),
        }))}
        {...props}
      />
      <p className="hint">{t(`streams.hours.means.${props.value}`)}</p>
    </div>
  )
}

/** Asks how long it really was, where the clock was left running; or says what else is wrong. */
function Really(props: { error: unknown; onClose: () => void; onDone: () => Promise<unknown> }): ReactNode {
  const { error, onClose, onDone } = props
  const { t } = usePerson()
  const [typed, setTyped] = useState('')
  const minutes = parseDuration(typed, latinDigits)
  const stopping = useMutation({
    mutationFn: (discard: boolean) => stopTimer(discard ? { discard } : { minutes: minutes ?? 0 }),
    onSuccess: async () => {
      await onDone()
      onClose()
    },
  })
  return (
    <Dialog title={t('streams.clock.how-long')} isOpen onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          stopping.mutate(false)
        }}
      >
        <ProblemNotice error={stopping.error ?? error} />
        <TextField
          label={t('streams.hours.duration')}
          hint={t('streams.hours.duration-hint')}
          direction="ltr"
          value={typed}
          onChange={setTyped}
          wrong={wrongAt(stopping.error, '/minutes')}
        />
        <div className="actions">
          <Button onPress={() => stopping.mutate(true)}>{t('streams.clock.discard')}</Button>
          <Button
            type="submit"
            look="primary"
            isPending={stopping.isPending}
            isDisabled={minutes === undefined || minutes === 0}
          >
            {t('streams.clock.enter')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
