import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
let planted = ''

/** File with a forbidden import → the rule that must find it. */
const violations: Record<string, { imports: string; rule: string }> = {
  'src/shared/impure.ts': { imports: '../platform/clock.ts', rule: 'shared-is-pure' },
  'src/shared/reads.ts': { imports: 'node:fs', rule: 'shared-does-no-io' },
  'src/platform/knows.ts': { imports: '../modules/catalog/index.ts', rule: 'platform-knows-no-module' },
  'src/modules/catalog/operations/against-graph.ts': {
    imports: '../../checkout/index.ts',
    rule: 'graph-of-catalog',
  },
  'src/modules/checkout/operations/back-door.ts': {
    imports: '../../catalog/rules/price.ts',
    rule: 'modules-meet-at-the-door',
  },
  'src/modules/catalog/rules/impure.ts': { imports: '../tables.ts', rule: 'rules-are-pure' },
  'src/modules/catalog/operations/http.ts': {
    imports: '../../../platform/http/env.ts',
    rule: 'operations-know-no-http',
  },
  'src/modules/catalog/api.ts': { imports: './tables.ts', rule: 'edges-touch-no-tables' },
  'src/modules/catalog/pages/page.tsx': { imports: '../tables.ts', rule: 'edges-touch-no-tables' },
  'src/dashboard/peek.ts': { imports: '../platform/clock.ts', rule: 'dashboard-knows-only-types' },
  'src/storefront/peek.ts': { imports: '../modules/catalog/index.ts', rule: 'storefront-knows-no-module' },
}

beforeAll(() => {
  planted = mkdtempSync(join(tmpdir(), 'rafid-architecture-'))
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(planted, file)), { recursive: true })
    writeFileSync(join(planted, file), text)
  }
  for (const file of [
    'src/platform/clock.ts',
    'src/platform/http/env.ts',
    'src/modules/catalog/index.ts',
    'src/modules/catalog/tables.ts',
    'src/modules/catalog/rules/price.ts',
    'src/modules/checkout/index.ts',
  ]) {
    write(file, 'export const here = 1\n')
  }
  for (const [file, { imports }] of Object.entries(violations))
    write(file, `import * as there from '${imports}'\nexport const all = there\n`)
  write('src/modules/catalog/operations/a.ts', "import { b } from './b.ts'\nexport const a = () => b\n")
  write('src/modules/catalog/operations/b.ts', "import { a } from './a.ts'\nexport const b = () => a\n")
  cpSync(join(root, 'tsconfig.json'), join(planted, 'tsconfig.json'))
  cpSync(join(root, '.dependency-cruiser.mjs'), join(planted, 'rules.mjs'))
  write('package.json', '{ "type": "module" }')
})

afterAll(() => rmSync(planted, { recursive: true, force: true }))

type Report = { summary: { totalCruised: number; violations: { from: string; rule: { name: string } }[] } }

function cruise(cwd: string, config: string): Report {
  try {
    return JSON.parse(
      execFileSync(process.execPath, [cruiser, 'src', '--config', config, '--output-type', 'json'], {
        cwd,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      }),
    ) as Report
  } catch (error) {
    // Violations make it exit non-zero; the report is on standard output all the same.
    const { stdout } = error as { stdout: string }
    return JSON.parse(stdout) as Report
  }
}

test('every planted violation is found by its rule', () => {
  const found = new Set(
    cruise(planted, 'rules.mjs').summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`),
  )
  for (const [file, { rule }] of Object.entries(violations)) expect([...found]).toContain(`${rule}: ${file}`)
  expect([...found].some((line) => line.startsWith('no-cycles: src/modules/catalog/operations/'))).toBe(true)
})

test('the code keeps the rules, and was really read', () => {
  const { summary } = cruise(root, '.dependency-cruiser.mjs')
  expect(summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`)).toEqual([])
  expect(summary.totalCruised).toBeGreaterThan(60)
})
