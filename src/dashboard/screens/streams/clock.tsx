import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Square, Timer as TimerIcon } from 'lucide-react'
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react'
import { isProblem } from '../../api/client.ts'
import { stopTimer, timerQuery, type Timer } from '../../api/streams.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { saidDuration } from './duration.ts'

// What they are made of is fetched when the clock is first pressed.
const Start = lazy(() => import('./clock-start.tsx'))
const Really = lazy(() => import('./clock-really.tsx'))

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
      <Suspense>{starting && <Start onClose={() => setStarting(false)} />}</Suspense>
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
      <Suspense>
        {asking && <Really error={stopping.error} onClose={() => setAsking(false)} onDone={refresh} />}
      </Suspense>
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
