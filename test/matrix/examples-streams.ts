import type { Example } from './examples.ts'
import type { House } from './house.ts'

const amount = { amount: '700', currency: 'SAR' }

/** Good requests about streams, their money and hours. */
export const STREAMS: Readonly<Record<string, (house: House) => Example>> = {
  'POST /streams': () => ({ body: { kind: 'channel', name: 'A channel', currency: 'SAR' } }),
  'PATCH /streams/{id}': () => ({ body: { name: 'Translation from Arabic' } }),
  'GET /stream-figures': () => ({ query: { currency: 'SAR', from: '2026-01', to: '2026-03' } }),
  'POST /streams/{id}/entries': () => ({ body: { kind: 'income', amount, on: '2026-01-20' } }),
  'POST /streams/{id}/entries/{entry}/reversal': (house) => ({
    params: { entry: house.thing('stream-mistake') },
  }),
  'POST /streams/{id}/entries/{entry}/correction': () => ({
    body: { kind: 'income', amount, on: '2026-01-06' },
    last: true,
  }),
  'POST /stream-recurring': (house) => ({
    body: {
      streamId: house.thing('stream'),
      kind: 'income',
      amount,
      every: 'month',
      beginsOn: '2026-02-01',
      allowOverlap: true,
    },
  }),
  'POST /stream-hours': (house) => ({
    body: { streamId: house.thing('stream'), day: '2026-01-06', minutes: 30 },
  }),
  'DELETE /stream-hours/{id}': () => ({ last: true }),
  'POST /stream-timer': (house) => ({ body: { streamId: house.thing('stream') } }),
  'POST /stream-timer/stop': () => ({ body: { minutes: 10 }, last: true }),
}
