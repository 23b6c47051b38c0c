import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react'
import { onFreshWanted } from '../api/client.ts'

// Few ever see it: fetched when the server asks for the first time.
const FreshDialog = lazy(() => import('./fresh-dialog.tsx'))

/** Asks a person to prove again who they are, whenever the server wants that, and lets what waits go on. */
export function FreshGate(): ReactNode {
  const [waiting, setWaiting] = useState<readonly ((proven: boolean) => void)[]>([])
  useEffect(() => {
    onFreshWanted(() => new Promise((resolve) => setWaiting((before) => [...before, resolve])))
  }, [])
  if (waiting.length === 0) return null
  const end = (proven: boolean) => {
    setWaiting([])
    for (const resolve of waiting) resolve(proven)
  }
  return (
    <Suspense>
      <FreshDialog onEnd={end} />
    </Suspense>
  )
}
