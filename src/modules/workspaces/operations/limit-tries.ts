import { createHash } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Ctx } from '../../../platform/ctx.ts'
import { networkOf } from '../../../shared/network.ts'
import { TooManyTries } from '../errors.ts'

// Failed tries: from one address at one account; at one account from anywhere, so that many addresses do not help, yet
// nobody locks another person out with a handful of tries; from one address at any account.
const pair = new RateLimiterMemory({ keyPrefix: 'pair', points: 8, duration: 15 * 60 })
const account = new RateLimiterMemory({ keyPrefix: 'account', points: 100, duration: 3600 })
const address = new RateLimiterMemory({ keyPrefix: 'address', points: 40, duration: 15 * 60 })

/**
 * Counts a try to prove who one is, before the proof is looked at; the same for accounts that exist and that do not.
 * Returns what to call when the proof was good: a person who signs in is not counted.
 * @throws TooManyTries
 */
export async function countTry(ctx: Ctx, who: string): Promise<() => Promise<void>> {
  if (!ctx.config.rateLimits) return async () => undefined
  const from = networkOf(ctx.ip ?? 'unknown')
  const name = createHash('sha256').update(who).digest('base64url')
  const taken = [
    { limiter: pair, key: `${name} ${from}` },
    { limiter: account, key: name },
    { limiter: address, key: from },
  ]
  try {
    await Promise.all(taken.map(({ limiter, key }) => limiter.consume(key)))
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    throw new TooManyTries(Math.max(1, Math.ceil(refused.msBeforeNext / 1000)))
  }
  return async () => {
    await Promise.all(taken.map(({ limiter, key }) => limiter.reward(key)))
  }
}
