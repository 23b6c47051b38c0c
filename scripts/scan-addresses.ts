// Prints addresses for the scanner, one per line: every route of the API that reads, and the pages of the first store.
import type { ApiDocument } from '../src/platform/http/reference/document.ts'

const base = process.argv[2] ?? ''
const read = async (path: string) => (await fetch(new URL(path, base), { redirect: 'follow' })).text()
const document = JSON.parse(await read('/api/v1/openapi.json')) as ApiDocument
const nobody = '018f0000-0000-7000-8000-000000000000'
const store = /href="\/(?:ar|en)\/([^/"?]+)/.exec(await read('/ar'))?.[1] ?? 'store'
const filled = (path: string) =>
  path.replace(/\{(\w+)\}/g, (_all, name: string) =>
    name === 'store' ? store : /id$/i.test(name) ? nobody : 'test',
  )
const api = Object.entries(document.paths).flatMap(([path, item]) => {
  const { get } = item
  if (get === undefined) return []
  const query = (get.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => `${name}=1`)
  return [`${base}${filled(path)}${query.length === 0 ? '' : `?${query.join('&')}`}`]
})
const pages = ['ar', 'en'].flatMap((locale) =>
  [
    '',
    '?q=guide',
    '/-/cart',
    '/-/checkout',
    '/-/purchases',
    '/-/purchases/enter?token=x',
    `/-/orders/${nobody}?key=x`,
  ].map((place) => `${base}/${locale}/${store}${place}`),
)
console.log([...pages, ...api, `${base}/dashboard/`, `${base}/setup`].join('\n'))
