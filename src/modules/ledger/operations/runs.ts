/** What a call asks for under an idempotency key. */
type Keyed = { readonly key: string }

/**
 * Performs wishes in order, as few calls of the ledger as can be: within one, no two wishes share a name (a key, a target), so
 * that the second meets what the first has done.
 * @throws with SQLSTATE 40001, so that the transaction runs again, if another caller used a key between two calls.
 */
export async function inRuns<Wish extends Keyed, Outcome extends { readonly outcome: string }>(
  wishes: readonly Wish[],
  namesOf: (wish: Wish) => readonly string[],
  perform: (run: readonly Wish[]) => Promise<readonly Outcome[]>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const run of runsOf(wishes, namesOf)) outcomes.push(...(await perform(run)))
  if (cameBetween(wishes, outcomes)) {
    throw Object.assign(new Error('another caller used a key between two entries of this call'), {
      code: '40001',
    })
  }
  return outcomes
}

/** Wishes that share a name go into different runs. */
export function runsOf<Wish>(wishes: readonly Wish[], namesOf: (wish: Wish) => readonly string[]): Wish[][] {
  const runs: Wish[][] = []
  let seen = new Set<string>()
  for (const wish of wishes) {
    const names = namesOf(wish)
    const run = runs.at(-1)
    if (run === undefined || names.some((name) => seen.has(name))) {
      runs.push([wish])
      seen = new Set(names)
    } else {
      run.push(wish)
      for (const name of names) seen.add(name)
    }
  }
  return runs
}

/**
 * Whether a key that comes twice was free for an entry that was refused and taken for a later one: no order of callers
 * explains that, so the transaction must run again. Accounts are locked from run to run; keys of refused entries are not.
 */
function cameBetween(wishes: readonly Keyed[], outcomes: readonly { readonly outcome: string }[]): boolean {
  const free = new Set<string>()
  return wishes.some(({ key }, at) => {
    const outcome = outcomes[at]?.outcome
    if (outcome === 'replayed' || outcome === 'key-reuse') return free.has(key)
    if (outcome === 'posted') free.delete(key)
    else free.add(key)
    return false
  })
}
