import { useCallback, useEffect, useRef, useState } from 'react'
import { newKey } from '../api/client-key.ts'
import { useSession } from '../api/session.ts'

/** What somebody typed and did not save, as it lies in this browser. */
type Kept<Value> = { value: Value; at: string }
/** Where it lay, which may be another tab’s place. */
type Found<Value> = Kept<Value> & { key: string }

const prefix = 'rafid.kept.'
/** Each tab keeps its own: one that saves must not throw away what is typed in another. */
const tab = newKey()
/** After this nobody remembers what it was. */
const maxAgeMs = 30 * 86_400_000
const settleMs = 400

/**
 * Keeps what is typed in this browser, for this person and this workspace, until it is saved or thrown away: a closed tab, an
 * ended session or a fallen machine loses nothing. `found` is what lay there when the screen was opened, the newest if several
 * tabs left something; it is this tab's from then on, unless the other one is still being typed in.
 */
export function useKept<Value>(name: string): {
  found: Kept<Value> | undefined
  keep: (value: Value | undefined) => void
} {
  const { person, current } = useSession()
  const shared = `${prefix}${person.id}.${current?.workspaceId ?? ''}.${name}~`
  const key = shared + tab
  const [found] = useState(() => newest<Value>(shared))
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; write: () => void } | undefined>(undefined)
  const keep = useCallback(
    (value: Value | undefined) => {
      clearTimeout(waiting.current?.timer)
      const write = () => {
        waiting.current = undefined
        put(key, value)
        if (found !== undefined && found.key !== key && read(found.key)?.at === found.at)
          put(found.key, undefined)
      }
      // What is thrown away is gone at once; what is typed is written when the typing rests.
      if (value === undefined) return write()
      waiting.current = { timer: setTimeout(write, settleMs), write }
    },
    [key, found],
  )
  useEffect(() => {
    const flush = () => {
      clearTimeout(waiting.current?.timer)
      waiting.current?.write()
    }
    addEventListener('pagehide', flush)
    return () => {
      removeEventListener('pagehide', flush)
      flush()
    }
  }, [key])
  return { found, keep }
}

/**
 * Takes away all that a person typed and did not save in this browser, and what was looked for, which may name buyers: they sign
 * out on purpose.
 */
export function forgetKept(userId: string): void {
  for (const key of Object.keys(localStorage))
    if (key.startsWith(`${prefix}${userId}.`) || key.startsWith('rafid.searches.'))
      localStorage.removeItem(key)
}

function newest<Value>(shared: string): Found<Value> | undefined {
  const all = names()
    .filter((key) => key.startsWith(shared))
    .flatMap((key) => {
      const kept = read<Value>(key)
      return kept === undefined ? [] : [{ ...kept, key }]
    })
  return all.toSorted((one, other) => other.at.localeCompare(one.at))[0]
}

function names(): string[] {
  try {
    return Object.keys(localStorage)
  } catch {
    return []
  }
}

function read<Value>(key: string): Kept<Value> | undefined {
  try {
    // Written by `put` alone; what another version wrote differently is compared with what is saved and shown to a person.
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Kept<Value> | null
    if (kept === null || Date.now() - Date.parse(kept.at) > maxAgeMs) return undefined
    return kept
  } catch {
    return undefined
  }
}

function put(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify({ value, at: new Date().toISOString() }))
  } catch {
    // The browser's store is full or shut: what is typed is still on the screen, and leaving it is warned of.
  }
}
