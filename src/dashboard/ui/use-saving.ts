import { useMutation, type UseMutationResult } from '@tanstack/react-query'
import { useEffect } from 'react'
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
  const saving = useMutation<Answer, Error, Wish>({
    mutationFn: save,
    // The browser's word for being connected is only about its cable.
    networkMode: 'always',
    retry: (_, error) => isLost(error),
    retryDelay: (failures) => Math.min(longestPauseMs, 1_000 * 2 ** failures),
    onSuccess: onSaved,
    ...(onRefused === undefined ? {} : { onError: onRefused }),
  })
  const isWaiting = saving.isPending && saving.failureCount > 0
  useEffect(() => {
    if (!isWaiting) return undefined
    const stay = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', stay)
    return () => removeEventListener('beforeunload', stay)
  }, [isWaiting])
  return { ...saving, isWaiting }
}

/** Nothing came back: no explanation of the server, and no other answer of it either. */
function isLost(error: Error): boolean {
  return !isProblem(error) && error instanceof TypeError
}
