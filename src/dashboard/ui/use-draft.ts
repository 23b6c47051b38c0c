import { useCallback, useMemo, useState } from 'react'

/** What is being edited beside what the server has. */
export type Draft<Value> = {
  value: Value
  /** Whether anything differs from what the server has. */
  dirty: boolean
  change: (part: Partial<Value>) => void
  reset: () => void
}

/**
 * Edits a copy. What the server sends later shows in the fields that nobody touched; what was typed stays.
 */
export function useDraft<Value extends object>(saved: Value): Draft<Value> {
  const [edits, setEdits] = useState<Partial<Value>>({})
  const value = useMemo(() => ({ ...saved, ...edits }), [saved, edits])
  const dirty = differs(edits, saved)
  const change = useCallback((part: Partial<Value>) => setEdits((before) => ({ ...before, ...part })), [])
  const reset = useCallback(() => setEdits({}), [])
  return { value, dirty, change, reset }
}

/** The edited fields that differ from what is saved: what has to be sent. */
export function changedParts<Value extends object>(value: Value, saved: Value): Partial<Value> {
  const entries = Object.entries(value).filter(([name]) => {
    const field = name as keyof Value
    return JSON.stringify(value[field]) !== JSON.stringify(saved[field])
  })
  // Every entry is one of the value's own.
  return Object.fromEntries(entries) as Partial<Value>
}

function differs<Value extends object>(edits: Partial<Value>, saved: Value): boolean {
  return Object.keys(changedParts({ ...saved, ...edits }, saved)).length > 0
}
