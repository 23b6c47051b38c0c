/** Finds what fills an address: asks the API, signed in as the owner. */
export type Ask = <Answer>(path: string) => Promise<Answer>

type First = { items: { id: string }[] }
type Way = { guest?: true; bilingual?: true; fill?: (ask: Ask) => Promise<Record<string, string>> }

const firstOf = (path: string, name: string) => async (ask: Ask) => {
  const { items } = await ask<First>(path)
  return { [name]: items[0]?.id ?? '' }
}

/**
 * Every screen of the dashboard by its address, as routes.ts has it: a test compares the two, so that a new screen is walked
 * in both languages and themes from its first day. `guest`: for people who are not signed in. `bilingual`: shows both languages
 * on purpose. An address whose `fill` finds nothing is a fault: fill.ts brings what the first sale leaves empty.
 */
export const SCREENS: Readonly<Record<string, Way>> = {
  '/setup': { guest: true },
  '/sign-in': { guest: true },
  '/forgot-password': { guest: true },
  '/mail-link': { guest: true },
  '/new-password': { guest: true },
  '/sign-in-link': { guest: true },
  '/confirm-email': { guest: true },
  '/invitation': { guest: true },
  '/design': { guest: true, bilingual: true },
  '/': {},
  '/products': {},
  '/products/new': {},
  '/products/$productId': { fill: firstOf('/products', 'productId') },
  '/orders': {},
  '/orders/$orderId': { fill: firstOf('/orders', 'orderId') },
  '/customers': {},
  '/messages': {},
  '/messages/$messageId': { fill: firstOf('/messages', 'messageId') },
  '/ledger': {},
  '/ledger/journal': {},
  '/ledger/reports': {},
  '/ledger/rates': {},
  '/ledger/closing': {},
  '/ledger/new': {},
  '/ledger/entries/$entryId': { fill: firstOf('/ledger/entries', 'entryId') },
  '/ledger/accounts/$code/$currency': {
    fill: async (ask) => {
      const { items } = await ask<{ items: { code: string; currency: string }[] }>('/ledger/accounts')
      return { code: items[0]?.code ?? '', currency: items[0]?.currency ?? '' }
    },
  },
  '/settings': {},
  '/settings/look': {},
  '/settings/selling': {},
  '/settings/payments': {},
  '/settings/tokens': {},
  '/settings/members': {},
  '/settings/webhooks': {},
  '/settings/webhooks/$endpointId': { fill: firstOf('/webhook-endpoints', 'endpointId') },
  '/settings/audit': {},
  '/settings/security': {},
  '/settings/status': {},
  '/settings/me': {},
  '/streams': {},
  '/streams/$streamId': { fill: firstOf('/streams', 'streamId') },
  '/streams/coverage': {},
  '/streams/concentration': {},
  '/streams/purchasing-power': {},
  '/streams/living-costs': {},
  '/streams/imports': {},
  '/streams/imports/$importId': { fill: firstOf('/stream-imports', 'importId') },
  '/plan': {},
  '/plan/assessment': {},
  '/plan/advice': {},
  '/plan/weights': {},
  '/plan/focus': {},
  '/plan/plans/$planId': { fill: firstOf('/plans', 'planId') },
  '/plan/projections/$projectionId': {
    fill: async (ask) => {
      const { items } = await ask<First>('/plans')
      return items[0] === undefined
        ? { projectionId: '' }
        : firstOf(`/plans/${items[0].id}/projections`, 'projectionId')(ask)
    },
  },
}
