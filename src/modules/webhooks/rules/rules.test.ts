import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeEndpoint, nextAttemptAt, PAUSES_MS, spreadOf } from './backoff.ts'
import { SECRET_BYTES, webhookHeaders, writeSecret } from './signature.ts'

const now = new Date('2026-03-01T09:00:00Z')
const HOUR = 3_600_000

describe('the signature', () => {
  test('is that of the specification’s own example', () => {
    // The value that the libraries of standard-webhooks test themselves by.
    const headers = webhookHeaders(
      { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: new Date(1_614_265_330_000), body: '{"test": 2432232314}' },
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    )
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })

  test('comes once for each secret', () => {
    const content = { id: 'a', at: now, body: '{}' }
    const [one, two] = ['whsec_AAAA', 'whsec_BBBB'].map((secret) => webhookHeaders(content, [secret]))
    expect(webhookHeaders(content, ['whsec_AAAA', 'whsec_BBBB'])['webhook-signature']).toBe(
      `${one?.['webhook-signature']} ${two?.['webhook-signature']}`,
    )
  })

  test('uses secrets of the length that is asked for', () => {
    const secret = writeSecret(new Uint8Array(SECRET_BYTES).fill(7))
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]+=*$/)
    expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(SECRET_BYTES)
    expect(SECRET_BYTES).toBeGreaterThanOrEqual(24)
  })
})

describe('the pauses', () => {
  test('are those of the specification: ten attempts over three days and a bit', () => {
    let at = now
    const pauses: number[] = []
    for (let tries = 1; ; tries += 1) {
      const next = nextAttemptAt({ tries, spread: 0, now: at })
      if (next === undefined) break
      pauses.push(next.getTime() - at.getTime())
      at = next
    }
    expect(pauses).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400].map((s) => s * 1000))
    expect((at.getTime() - now.getTime()) / 1000).toBe(75 * 3600 + 35 * 60 + 5)
  })

  test('are never shorter than that, and at most a fifth longer', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: PAUSES_MS.length }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (tries, spread) => {
          const pause = (nextAttemptAt({ tries, spread, now })?.getTime() ?? 0) - now.getTime()
          const least = PAUSES_MS[tries - 1] ?? 0
          expect(pause).toBeGreaterThanOrEqual(least)
          expect(pause).toBeLessThanOrEqual(least * 1.2)
        },
      ),
    )
  })

  test.each([
    ['3600', HOUR],
    ['1', 5_000],
    ['999999999', 24 * HOUR],
    [new Date(now.getTime() + 2 * HOUR).toUTCString(), 2 * HOUR],
    ['soon', 5_000],
    ['-5', 5_000],
    [undefined, 5_000],
  ])('heed Retry-After: %s', (retryAfter, pause) => {
    expect((nextAttemptAt({ tries: 1, spread: 0, retryAfter, now })?.getTime() ?? 0) - now.getTime()).toBe(
      pause,
    )
  })

  test('spread over the whole range, differently for each attempt', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 1, max: 10 }), (id, tries) => {
        expect(spreadOf(id, tries)).toBeGreaterThanOrEqual(0)
        expect(spreadOf(id, tries)).toBeLessThan(1)
      }),
    )
    const id = '01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d5e'
    expect(new Set([1, 2, 3].map((tries) => spreadOf(id, tries))).size).toBe(3)
    const many = fc.sample(fc.uuid(), 300).map((one) => spreadOf(one, 1))
    expect(many.some((one) => one < 0.2) && many.some((one) => one > 0.8)).toBe(true)
  })
})

test.each([
  [{ delivered: true, status: 204 }, 6 * 24, 'works'],
  [{ delivered: false, status: 500 }, undefined, 'fails'],
  [{ delivered: false, status: 500 }, 5 * 24 - 1, 'fails'],
  [{ delivered: false, status: 500 }, 5 * 24, 'pause'],
  [{ delivered: false, status: undefined }, 6 * 24, 'pause'],
  [{ delivered: false, status: 410 }, undefined, 'gone'],
  [{ delivered: false, status: 410 }, 6 * 24, 'gone'],
] as const)('%o after %s hours of failure: %s', (outcome, hours, verdict) => {
  const since = hours === undefined ? null : new Date(now.getTime() - hours * HOUR)
  expect(judgeEndpoint(outcome, since, now)).toBe(verdict)
})
