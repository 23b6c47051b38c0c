import { useCallback, useEffect, useMemo, useState } from 'react'
import { useKept } from './use-kept.ts'

/** What was typed into one field, and what was saved there when the typing began. */
type Edit<Part> = { mine: Part; base: Part }
type Edits<Value> = { [Name in keyof Value]?: Edit<Value[Name]> }

/** What is being edited beside what the server has. */
export type Draft<Value> = {
  value: Value
  /** Whether anything differs from what the server has. */
  dirty: boolean
  /** When it was typed, if it was found in this browser from an earlier time. */
  keptAt: string | undefined
  /** Fields that were typed into and that somebody else has changed since: nobody has decided yet. */
  conflicts: readonly (keyof Value & string)[]
  /** The same against what was read just now. */
  conflictsWith: (saved: Value) => readonly (keyof Value & string)[]
  change: (part: Partial<Value>) => void
  /** Decides a conflict: what was typed here holds. */
  keepMine: (name: keyof Value) => void
  /** Decides a conflict: what was saved meanwhile holds. */
  takeTheirs: (name: keyof Value) => void
  reset: () => void
}

/**
 * Edits a copy. What the server sends later shows in the fields that nobody touched; what was typed stays, and is kept in this
 * browser under `name` until it is saved or thrown away.
 */
export function useDraft<Value extends object>(saved: Value, name: string): Draft<Value> {
  const { found, keep } = useKept<Edits<Value>>(name)
  const [edits, setEdits] = useState<Edits<Value>>(() => known(found?.value ?? {}, saved))
  const [keptAt, setKeptAt] = useState(found?.at)
  const value = useMemo(() => ({ ...saved, ...minesOf(edits) }), [saved, edits])
  const dirty = Object.keys(changedParts(value, saved)).length > 0
  useEffect(() => keep(dirty ? edits : undefined), [dirty, edits, keep])
  const change = useCallback(
    (part: Partial<Value>) => setEdits((before) => ({ ...before, ...editsOf(part, before, saved) })),
    [saved],
  )
  const takeTheirs = useCallback(
    (field: keyof Value) => setEdits(({ [field]: _mine, ...others }) => others as Edits<Value>),
    [],
  )
  const keepMine = useCallback(
    (field: keyof Value) =>
      setEdits((before) => {
        const edit = before[field]
        return edit === undefined ? before : { ...before, [field]: { ...edit, base: saved[field] } }
      }),
    [saved],
  )
  const reset = useCallback(() => {
    setEdits({})
    setKeptAt(undefined)
    // At once: a window that closes with its save does not live to see the edits gone.
    keep(undefined)
  }, [keep])
  return {
    value,
    dirty,
    keptAt: dirty ? keptAt : undefined,
    conflicts: conflictsOf(edits, saved),
    conflictsWith: (now) => conflictsOf(edits, now),
    change,
    keepMine,
    takeTheirs,
    reset,
  }
}

/** The edited fields that differ from what is saved: what has to be sent. */
export function changedParts<Value extends object>(value: Value, saved: Value): Partial<Value> {
  const entries = Object.entries(value).filter(([name]) => {
    const field = name as keyof Value
    return differ(value[field], saved[field])
  })
  // Every entry is one of the value's own.
  return Object.fromEntries(entries) as Partial<Value>
}

/** Fields whose saved value is neither what it was when the typing began, nor what was typed. */
export function conflictsOf<Value extends object>(
  edits: Edits<Value>,
  saved: Value,
): (keyof Value & string)[] {
  return (Object.keys(edits) as (keyof Value & string)[]).filter((name) => {
    const edit = edits[name]
    return edit !== undefined && differ(edit.base, saved[name]) && differ(edit.mine, saved[name])
  })
}

function editsOf<Value extends object>(
  part: Partial<Value>,
  before: Edits<Value>,
  saved: Value,
): Edits<Value> {
  const names = Object.keys(part) as (keyof Value)[]
  const entries = names.map((name) => [
    name,
    { mine: part[name], base: before[name] === undefined ? saved[name] : before[name].base },
  ])
  return Object.fromEntries(entries) as Edits<Value>
}

function minesOf<Value extends object>(edits: Edits<Value>): Partial<Value> {
  const names = Object.keys(edits) as (keyof Value)[]
  return Object.fromEntries(names.map((name) => [name, edits[name]?.mine])) as Partial<Value>
}

/** What lay in the browser may be of an earlier form: only fields that there still are, of the kind that they are. */
function known<Value extends object>(kept: Edits<Value>, saved: Value): Edits<Value> {
  const entries = Object.entries(kept).filter(([name, edit]) => {
    const now = saved[name as keyof Value]
    const { mine } = (edit ?? {}) as { mine?: unknown }
    return name in saved && mine !== undefined && typeof mine === typeof now
  })
  return Object.fromEntries(entries) as Edits<Value>
}

function differ(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other)
}
