import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { expect, test } from 'vitest'

const dist = join(import.meta.dirname, '../dist')

/** As the server sends it; `npm run bench -- dashboard` weighs the rest of the first load too: texts, letters and answers. */
function weightOf(address: string): number {
  const bytes = readFileSync(join(dist, address.replace(/^\//, '')))
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length
}

test('what the dashboard’s page names is light: an import of something heavy shows here', () => {
  const page = readFileSync(join(dist, 'dashboard/index.html'), 'utf8')
  const named = [...page.matchAll(/(?:src|href)="(\/dashboard\/assets\/[^"]+\.(?:js|css))"/g)].flatMap(
    ([, address]) => address ?? [],
  )
  expect(named.length).toBeGreaterThan(3)
  const total = named.reduce((sum, address) => sum + weightOf(address), 0)
  expect(total).toBeLessThan(180_000)
  expect(total).toBeGreaterThan(100_000)
})
