import { useCallback, useEffect, useRef, useState } from 'react'

/** Something that was chosen, and what it is called. */
export type Chosen = { id: string; name: string }

/** How far it is with many: `done` of `total`, and which were refused and why. */
export type BulkProgress = {
  label: string
  total: number
  done: readonly Chosen[]
  failed: readonly (Chosen & { error: unknown })[]
  state: 'running' | 'stopped' | 'finished'
}

/** So many are asked for at once: quick enough, and no burden. */
const atOnce = 3

/**
 * Does one thing to many, a few at a time, and says of each how it went; one that is refused does not stop the others. It goes
 * on when the screen is left, and can be stopped between two of them.
 */
export function useBulk(onFinished: () => void): {
  progress: BulkProgress | undefined
  start: (
    label: string,
    chosen: readonly Chosen[],
    one: (id: string) => Promise<unknown>,
  ) => Promise<readonly Chosen[]>
  stop: () => void
  clear: () => void
} {
  const [progress, setProgress] = useState<BulkProgress | undefined>(undefined)
  const stopped = useRef(false)
  const finished = useRef(onFinished)
  useEffect(() => {
    finished.current = onFinished
  })
  const start = useCallback(
    async (label: string, chosen: readonly Chosen[], one: (id: string) => Promise<unknown>) => {
      stopped.current = false
      const done: Chosen[] = []
      const failed: (Chosen & { error: unknown })[] = []
      const waiting = [...chosen]
      const tell = (state: BulkProgress['state']) =>
        setProgress({ label, total: chosen.length, done: [...done], failed: [...failed], state })
      tell('running')
      const work = async () => {
        for (let next = waiting.shift(); next !== undefined && !stopped.current; next = waiting.shift()) {
          try {
            await one(next.id)
            done.push(next)
          } catch (error) {
            failed.push({ ...next, error })
          }
          tell('running')
        }
      }
      await Promise.all(Array.from({ length: atOnce }, work))
      tell(stopped.current ? 'stopped' : 'finished')
      finished.current()
      return done
    },
    [],
  )
  const stop = useCallback(() => {
    stopped.current = true
  }, [])
  const clear = useCallback(() => setProgress(undefined), [])
  return { progress, start, stop, clear }
}
