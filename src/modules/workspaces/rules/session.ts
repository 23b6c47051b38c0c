/** How long a person stays signed in after the last visit. */
export const SESSION_SECONDS = 14 * 24 * 3600

/** How long a person stays signed in at most, however often they come: then they prove again who they are. */
export const SESSION_LONGEST_SECONDS = 90 * 24 * 3600

/** How often at most a visit puts off the end of the session. */
export const SESSION_EXTENDED_EVERY_SECONDS = 24 * 3600

/** For how long after a proof of who one is the things that matter most may be done. */
export const FRESH_SECONDS = 10 * 60

/** Until when a session may do what wants fresh authentication; undefined if that is over. */
export function freshUntil(openedAt: Date, now: Date): Date | undefined {
  const until = new Date(openedAt.getTime() + FRESH_SECONDS * 1000)
  return until > now ? until : undefined
}
