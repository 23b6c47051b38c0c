/**
 * Time for the queue's own pauses: the moment at which the process began, and what has passed since, whatever is done to the
 * clock of the machine. By the machine's, a worker that waits while the clock is set back would wait for as long again.
 */
export const steadyClock = {
  now: () => performance.timeOrigin + performance.now(),
  setTimeout: (fn: () => void, ms: number) => setTimeout(fn, ms),
  // What pg-boss keeps of a timer is opaque to it, and comes back as it was given.
  clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
  setInterval: (fn: () => void, ms: number) => setInterval(fn, ms),
  clearInterval: (timer: unknown) => clearInterval(timer as NodeJS.Timeout),
}
