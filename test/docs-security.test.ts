import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withTables } from '../scripts/privacy-tables.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

test('every test that docs/security.md names exists', () => {
  const named = [
    ...read('docs/security.md').matchAll(/`((?:src|test)\/[\w./-]+\.test\.tsx?)(?: › ([^`]+))?`/g),
  ]
  expect(named.length).toBeGreaterThan(50)
  const missing = named.filter(
    ([, path = '', name = '']) => !existsSync(join(root, path)) || !read(path).includes(name),
  )
  expect(missing.map(([all]) => all)).toEqual([])
})

test('each of the fifteen cases of others names a test', () => {
  const [, table = ''] = /## Cases of others\n([\s\S]*?)\n## /.exec(read('docs/security.md')) ?? []
  const rows = table
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
  expect(rows).toHaveLength(15)
  expect(rows.filter((row) => !row.includes('.test.ts › '))).toEqual([])
})

test('docs/privacy.md says for how long data is kept, as the code does', () => {
  const bare = (text: string) => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---')
  const text = read('docs/privacy.md')
  expect(bare(withTables(text))).toBe(bare(text))
  expect(text).toContain('Names and addresses in orders that were never paid')
})
