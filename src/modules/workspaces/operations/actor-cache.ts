import { performance } from 'node:perf_hooks'

/** For how long a resolved caller is believed without asking the database again. */
const LIFETIME_MS = 1_000
const MOST_ENTRIES = 10_000

type Entry = { readonly value: unknown; readonly until: number }

const entries = new Map<string, Entry>()
let forgotten = 0

/**
 * What `load` found for a secret key within the last second. Keys are unguessable, so entries of different databases in
 * one process cannot meet. Only what was found is kept: strangers cannot fill the cache.
 */
export async function rememberActor<Found>(
  key: string,
  load: () => Promise<Found | undefined>,
): Promise<Found | undefined> {
  const kept = entries.get(key)
  // Each kind of caller has its own prefix of the key, so the entry is of the type that `load` gives.
  if (kept !== undefined && kept.until > performance.now()) return kept.value as Found
  // From before the question: what the answer tells may be as old as that.
  const until = performance.now() + LIFETIME_MS
  const before = forgotten
  const found = await load()
  if (found === undefined) {
    entries.delete(key)
  } else if (before === forgotten) {
    if (entries.size >= MOST_ENTRIES) entries.clear()
    entries.set(key, { value: found, until })
  }
  return found
}

/** Forgets every caller of this process: after a revocation, a sign-out, a change of password or role. */
export function forgetActors(): void {
  // What is being read at this moment may be of before, too.
  forgotten += 1
  entries.clear()
}
