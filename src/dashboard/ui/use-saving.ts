import { useMutation, type UseMutationResult } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { isProblem } from '../api/client.ts'

const longestPauseMs = 15_000

/**
 * A save that does not give up for a lost connection: it is tried again until the server answers, sooner when the browser says that
 * it is connected again. For requests that may be repeated: those that set something, or carry a key of their own.
 * `isWaiting` is true while it waits for the connection.
 */
export function useSaving<Answer, Wish>(options: {
  save: (wish: Wish) => Promise<Answer>
  onSaved: (answer: Answer, wish: Wish) => unknown
  onRefused?: (error: Error) => unknown
}): UseMutationResult<Answer, Error, Wish> & { isWaiting: boolean } {
  const { save, onSaved, onRefused } = options
  const [isWaiting, setIsWaiting] = useState(false)
  const saving = useMutation<Answer, Error, Wish>({
    mutationFn: async (wish) => {
      for (let failures = 0; ; failures += 1) {
        const answer = await save(wish).catch(lost)
        setIsWaiting(answer === LOST)
        if (answer !== LOST) return answer
        await untilWorthATry(failures)
      }
    },
    // The browser's word for being connected is only about its cable.
    networkMode: 'always',
    onSuccess: onSaved,
    ...(onRefused === undefined ? {} : { onError: onRefused }),
    onSettled: () => setIsWaiting(false),
  })
  useEffect(() => {
    if (!isWaiting) return undefined
    const stay = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', stay)
    return () => removeEventListener('beforeunload', stay)
  }, [isWaiting])
  return { ...saving, isWaiting }
}

const LOST = Symbol('nothing came back')

/** Nothing came back: no explanation of the server, and no other answer of it either. */
function lost(error: unknown): typeof LOST {
  if (!isProblem(error) && error instanceof TypeError) return LOST
  throw error
}

/** Some time, longer from one failure to the next, or until the browser is connected again; in a tab that nobody looks at, too. */
function untilWorthATry(failures: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      removeEventListener('online', end)
      resolve()
    }
    const timer = setTimeout(end, Math.min(longestPauseMs, 1_000 * 2 ** failures))
    addEventListener('online', end)
  })
}
