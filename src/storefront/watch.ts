/** What a watched thing is known as, and its state as last read. */
export type Watched<State> = {
  current(key: string, nowMs: number): State | undefined | Promise<State | undefined>
  forget(): void
}

type Sight<State> = {
  state: State | undefined
  seenAtMs: number
  reading: Promise<State | undefined> | undefined
}

/** For how long a state is believed without asking; from half of it on it is asked for in the background. */
const believedMs = 1_000
const maxKeys = 10_000

/**
 * Keeps in memory what `read` says of a key, asked at most once at a time and about once a second, so that a state is never older than
 * a second; `forget` makes every state be asked for before it is used again, in particular one whose reading is under way.
 */
export function watch<State>(read: (key: string) => Promise<State | undefined>): Watched<State> {
  const sights = new Map<string, Sight<State>>()

  const look = (key: string, nowMs: number, known: State | undefined): Promise<State | undefined> => {
    const reading = read(key).then(
      (state) => {
        if (sights.get(key)?.reading === reading) {
          if (state === undefined) sights.delete(key)
          else sights.set(key, { state, seenAtMs: nowMs, reading: undefined })
        }
        return state
      },
      (error: unknown) => {
        if (sights.get(key)?.reading === reading) sights.delete(key)
        throw error
      },
    )
    if (sights.size >= maxKeys) sights.clear()
    sights.set(key, {
      state: known,
      seenAtMs: sights.get(key)?.seenAtMs ?? Number.NEGATIVE_INFINITY,
      reading,
    })
    return reading
  }

  return {
    current(key, nowMs) {
      const sight = sights.get(key)
      if (sight === undefined) return look(key, nowMs, undefined)
      const age = nowMs - sight.seenAtMs
      // A clock that was set back must not make a state last longer.
      if (age >= believedMs || age < 0) return sight.reading ?? look(key, nowMs, sight.state)
      if (age >= believedMs / 2 && sight.reading === undefined) {
        look(key, nowMs, sight.state).catch(() => undefined)
      }
      return sight.state
    },
    forget() {
      sights.clear()
    },
  }
}
