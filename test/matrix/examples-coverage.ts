import type { Example } from './examples.ts'

/** Living costs, money of its time, concentration. */
export const COVERAGE: Readonly<Record<string, () => Example>> = {
  'PUT /living-costs': () => ({
    body: { items: [{ step: 'roof', label: 'Rent', amount: { amount: '200000', currency: 'SAR' } }] },
  }),
  'PATCH /purchasing-power/settings': () => ({ body: { rateKind: 'official' } }),
  'POST /purchasing-power/parallel-rates': () => ({
    body: { rates: [{ currency: 'EGP', anchor: 'USD', day: '2026-01-01', rate: '48.25' }] },
  }),
  // Nobody entered a rate of this day, nor this month.
  'DELETE /purchasing-power/parallel-rates/{currency}/{anchor}/{day}': () => ({
    params: { currency: 'EGP', anchor: 'USD', day: '2020-01-01' },
    status: 404,
  }),
  'DELETE /purchasing-power/series/{kind}/{currency}/{month}': () => ({
    params: { kind: 'gold', currency: 'SAR', month: '2020-01' },
    status: 404,
  }),
  'GET /purchasing-power/series/{kind}/{currency}': () => ({ params: { kind: 'gold', currency: 'SAR' } }),
  'POST /purchasing-power/series/{kind}/{currency}': () => ({
    params: { kind: 'gold', currency: 'SAR' },
    body: { entries: [{ month: '2026-01', value: '512.5' }] },
  }),
  'POST /purchasing-power/series/{kind}/{currency}/import': () => ({
    params: { kind: 'prices', currency: 'SAR' },
    raw: { type: 'text/csv', text: '2026-01,112.4' },
  }),
  'PUT /concentration/mails': () => ({ body: { on: false } }),
  'PUT /concentration/limits': () => ({ body: { limits: [{ by: 'stream', hhi: 0.25, largest: 0.5 }] } }),
}
