/** Where the time comes from; tests and the simulator bring their own. */
export type Clock = { now(): Date }

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() }
