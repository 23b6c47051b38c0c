import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const MOST_FILES = 12
const MOST_LINES = 1_200
const DEEPEST = 3

/** The files of docs/walk.md, in its order. */
const walk = [
  ...readFileSync(join(root, 'docs/walk.md'), 'utf8').matchAll(/^\| \d+\s+\| `(src\/[^`]+)`/gm),
].map(([, file]) => file ?? '')

/** Where a request comes in: what these call is one deep. */
const doors = ['src/modules/checkout/api/buyer.ts']

const read = (file: string) => readFileSync(join(root, file), 'utf8')

/** Files of the walk that a file calls, those behind the door of another module included. */
function called(file: string): string[] {
  const found = [...read(file).matchAll(/from '(\.[^']+)'/g)].map(([, path]) =>
    normalize(join(dirname(file), path ?? '')),
  )
  return found
    .flatMap((path) => (path.endsWith('/index.ts') && path !== file ? walkedBehind(file, path) : [path]))
    .filter((path) => walk.includes(path))
}

/** A module's index gives many things out; only what the file names counts. */
function walkedBehind(file: string, index: string): string[] {
  const names =
    new RegExp(`import (?:type )?\\{([^}]*)\\} from '[^']*${index.split('/').slice(-2).join('/')}'`).exec(
      read(file),
    )?.[1] ?? ''
  const wanted = names.split(',').map((name) => name.trim().replace(/^type /, ''))
  return [...read(index).matchAll(/export \{([^}]*)\} from '(\.[^']+)'/g)]
    .filter(([, given]) => (given ?? '').split(',').some((name) => wanted.includes(name.trim())))
    .map(([, , path]) => normalize(join(dirname(index), path ?? '')))
}

function depthOf(file: string, above: readonly string[] = []): number {
  const below = called(file).filter((path) => !above.includes(path))
  return below.length === 0 ? 0 : 1 + Math.max(...below.map((path) => depthOf(path, [...above, file])))
}

test('a purchase crosses at most twelve files and 1,200 lines', () => {
  expect(walk.length).toBeGreaterThan(8)
  expect(walk.length).toBeLessThanOrEqual(MOST_FILES)
  expect(walk.reduce((lines, file) => lines + read(file).split('\n').length - 1, 0)).toBeLessThan(MOST_LINES)
})

test('each of them is called by another, and none deeper than three', () => {
  // The provider's word and the buyer's return enter at the confirmation.
  const roots = [...doors, 'src/modules/checkout/operations/confirm-payment.ts']
  const reached = new Set(roots)
  for (const file of reached) for (const path of called(file)) reached.add(path)
  expect(walk.filter((file) => !reached.has(file))).toEqual([])
  expect(depthOf(doors[0] ?? '')).toBeLessThanOrEqual(DEEPEST)
  expect(1 + depthOf('src/modules/checkout/operations/confirm-payment.ts')).toBeLessThanOrEqual(DEEPEST)
})
