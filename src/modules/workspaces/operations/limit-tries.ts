import { createHash } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible'
import type { Ctx } from '../../../platform/ctx.ts'
import { networkOf, wideNetworkOf } from '../../../shared/network.ts'
import { TooManyTries } from '../errors.ts'

const minutes = (count: number) => count * 60

// Failed tries: from one address at one account; at one account from anywhere, so that many addresses do not help, yet
// nobody locks another person out with a handful of tries; from one address at any account; from one provider's network
// at any account, for those who own many addresses.
const pair = new RateLimiterMemory({ keyPrefix: 'pair', points: 8, duration: minutes(15) })
const account = new RateLimiterMemory({ keyPrefix: 'account', points: 100, duration: minutes(60) })
const address = new RateLimiterMemory({ keyPrefix: 'address', points: 40, duration: minutes(15) })
const network = new RateLimiterMemory({ keyPrefix: 'network', points: 400, duration: minutes(15) })

// Mails that are asked for: to one person, whoever asks; by one address; by one network.
const mailsTo = new RateLimiterMemory({ keyPrefix: 'mails-to', points: 5, duration: minutes(60) })
const mailsBy = new RateLimiterMemory({ keyPrefix: 'mails-by', points: 20, duration: minutes(60) })
const mailsFrom = new RateLimiterMemory({ keyPrefix: 'mails-from', points: 200, duration: minutes(60) })

type Taken = { limiter: RateLimiterAbstract; key: string }

/**
 * Counts a try to prove who one is, before the proof is looked at; the same for accounts that exist and that do not.
 * Returns what to call when the proof was good: a person who signs in is not counted.
 * @throws TooManyTries
 */
export async function countTry(ctx: Ctx, who: string): Promise<() => Promise<void>> {
  if (!ctx.config.rateLimits) return async () => undefined
  const from = networkOf(ctx.ip ?? 'unknown')
  const name = nameOf(who)
  const taken = [
    { limiter: pair, key: `${name} ${from}` },
    { limiter: account, key: name },
    { limiter: address, key: from },
    { limiter: network, key: wideNetworkOf(ctx.ip ?? 'unknown') },
  ]
  await take(taken)
  return async () => {
    await Promise.all(taken.map(({ limiter, key }) => limiter.reward(key)))
  }
}

/** Counts a mail that somebody asks for, before it is known whether the address is anybody's. @throws TooManyTries */
export async function countMail(ctx: Ctx, to: string): Promise<void> {
  if (!ctx.config.rateLimits) return
  await take([
    { limiter: mailsTo, key: nameOf(to) },
    { limiter: mailsBy, key: networkOf(ctx.ip ?? 'unknown') },
    { limiter: mailsFrom, key: wideNetworkOf(ctx.ip ?? 'unknown') },
  ])
}

function nameOf(who: string): string {
  return createHash('sha256').update(who).digest('base64url')
}

async function take(taken: readonly Taken[]): Promise<void> {
  try {
    await Promise.all(taken.map(({ limiter, key }) => limiter.consume(key)))
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    throw new TooManyTries(Math.max(1, Math.ceil(refused.msBeforeNext / 1000)))
  }
}
