import type { useRouter } from '@tanstack/react-router'
import { normaliseText, tokenise } from '../../../shared/arabic.ts'
import type { Hit } from '../../api/search.ts'
import type { Right } from '../../api/workspaces.ts'
import type { TextKey } from '../../text/messages.ts'
import type { Way } from '../../ui/page.tsx'
import { ledgerParts } from '../ledger/frame.tsx'
import { settingsParts } from '../settings/frame.tsx'
import { places } from '../ways.ts'

type Router = ReturnType<typeof useRouter>

/** A screen, a part of the settings, or something that can be done at once. */
export type Goal = {
  id: string
  text: TextKey
  /** Of what it is a part: also found by that. */
  under?: TextKey
  right?: Right
} & ({ to: Way; search?: { guide: string } } | { act: 'language' | 'theme-dark' | 'theme-light' | 'store' })

/** Everywhere one can go, and what can be done from anywhere. */
export const goals: readonly Goal[] = [
  ...places.map(({ to, text, right }): Goal => ({ id: to, to, text, right })),
  { id: 'new-product', to: '/products/new', text: 'products.new', right: 'products:write' },
  {
    id: 'new-entry',
    to: '/ledger/new',
    text: 'ledger.new-entry',
    under: 'nav.ledger',
    right: 'ledger:write',
  },
  ...ledgerParts
    .slice(1)
    .map(({ to, text }): Goal => ({ id: to, to, text, under: 'nav.ledger', right: 'ledger:read' })),
  ...settingsParts.map(({ to, text, right }): Goal => ({
    id: `settings ${to}`,
    to,
    text,
    under: 'nav.settings',
    ...(right === undefined ? {} : { right }),
  })),
  { id: 'guide', to: '/', search: { guide: 'shown' }, text: 'search.do.guide', right: 'store:write' },
  { id: 'store', act: 'store', text: 'search.do.store' },
  { id: 'language', act: 'language', text: 'search.do.language' },
  { id: 'theme-dark', act: 'theme-dark', text: 'search.do.theme-dark' },
  { id: 'theme-light', act: 'theme-light', text: 'search.do.theme-light' },
]

/** Whether every word that was typed begins a word of the texts, with or without the article, however it is spelt. */
export function says(query: string, texts: readonly string[]): boolean {
  const words = texts.flatMap(tokenise).flatMap((word) => [word, word.replace(/^ال(?=\p{L}{2})/u, '')])
  const typed = tokenise(query)
  return typed.length > 0 && typed.every((start) => words.some((word) => word.startsWith(start)))
}

/** The list that holds all of a kind, narrowed by what was typed; undefined where a list cannot be narrowed so. */
export function listOf(
  kind: Hit['kind'],
  query: string,
): { text: TextKey; go: (router: Router) => void } | undefined {
  const search = { q: normaliseText(query) === '' ? '' : query }
  if (kind === 'product')
    return { text: 'nav.products', go: (router) => void router.navigate({ to: '/products', search }) }
  if (kind === 'order')
    return { text: 'nav.orders', go: (router) => void router.navigate({ to: '/orders', search }) }
  if (kind === 'customer')
    return { text: 'nav.customers', go: (router) => void router.navigate({ to: '/customers', search }) }
  return undefined
}

/** Leads to what was found. */
export function openHit(router: Router, { kind, id }: Hit): void {
  switch (kind) {
    case 'product':
      return void router.navigate({ to: '/products/$productId', params: { productId: id } })
    case 'order':
      return void router.navigate({ to: '/orders/$orderId', params: { orderId: id } })
    case 'customer':
      return void router.navigate({ to: '/customers', search: { q: id } })
    case 'message':
      return void router.navigate({ to: '/messages/$messageId', params: { messageId: id } })
    case 'entry':
      return void router.navigate({ to: '/ledger/entries/$entryId', params: { entryId: id } })
    case 'account': {
      const [code = '', currency = ''] = id.split('/')
      return void router.navigate({ to: '/ledger/accounts/$code/$currency', params: { code, currency } })
    }
  }
}
