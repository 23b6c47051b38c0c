import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { projectRoot } from '../../platform/project-root.ts'
import { checkModel, seed } from './model/check-model.test-support.ts'

const clock = standingClock('2026-03-02T00:00:00Z')
const source = readFileSync(join(projectRoot, 'migrations/0003_ledger.sql'), 'utf8')
let services: TestServices

beforeAll(async () => {
  services = await testServices({ clock })
})

/** A function of the migration with parts of its text replaced; each part must be there, or the plant is not planted. */
function planted(name: string, replacements: readonly (readonly [string, string])[]): string {
  const start = source.indexOf(`CREATE FUNCTION ${name}(`)
  let text = source.slice(start, source.indexOf('END $$;', start) + 'END $$;'.length)
  for (const [good, bad] of replacements) {
    if (!text.includes(good)) throw new Error(`${name} has no ${good}`)
    text = text.replaceAll(good, bad)
  }
  return text.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION')
}

async function install(statements: readonly string[]): Promise<void> {
  const owner = new pg.Client(services.test.owner)
  await owner.connect()
  for (const statement of statements) await owner.query(statement)
  await owner.end()
}

/** Sends every entry the long way, so that a bug there is met by all. */
const longWay = planted('ledger_post_common', [
  ['  recorded := p_now;', "  RAISE EXCEPTION USING ERRCODE = 'LG001';"],
])

const UNLOCKED = 'ORDER BY w.ord FOR NO KEY UPDATE OF l'

/** Reads what is there, locks only that, and writes what it reckoned: an account that is not there yet is locked by nobody. */
const withoutZeroRow = planted('ledger_post_many', [
  [
    '  IF v_count < cardinality(p_codes) THEN\n    others := \'[{"outcome": "missing"}]\';\n    RETURN;\n  END IF;',
    '',
  ],
  [
    '  v_count := 0;',
    `  v_count := 0;
    PERFORM FROM unnest(p_codes, p_currencies) WITH ORDINALITY w(code, currency, ord)
      JOIN ledger_accounts l ON l.workspace_id = p_workspace AND l.code = w.code AND l.currency = w.currency
      ORDER BY w.ord FOR NO KEY UPDATE OF l;`,
  ],
  [
    'SELECT l.number, l.sign, l.floor, l.balance, l.version, l.recorded_at, l.open_from,',
    `SELECT coalesce(l.number, 1000 + abs(hashtext(w.code || w.currency)) % 1000000) AS number,
      coalesce(l.sign, CASE WHEN w.code ~ '^[15]' THEN 1 ELSE -1 END) AS sign,
      CASE WHEN w.code ~ '^21' THEN 0 END AS floor, coalesce(l.balance, 0) AS balance, coalesce(l.version, 0) AS version,
      coalesce(l.recorded_at, '-infinity') AS recorded_at, coalesce(l.open_from, '-infinity') AS open_from,`,
  ],
  [
    'CASE WHEN l.sign > 0 THEN l.pending_credit ELSE l.pending_debit END AS held',
    'coalesce(CASE WHEN l.sign > 0 THEN l.pending_credit ELSE l.pending_debit END, 0) AS held',
  ],
  [
    'JOIN ledger_accounts l ON l.workspace_id = p_workspace AND l.code = w.code AND l.currency = w.currency\n    ORDER BY w.ord FOR NO KEY UPDATE OF l',
    'LEFT JOIN ledger_accounts l ON l.workspace_id = p_workspace AND l.code = w.code AND l.currency = w.currency\n    ORDER BY w.ord',
  ],
  [
    '  UPDATE ledger_accounts l SET balance',
    `  INSERT INTO ledger_accounts (workspace_id, number, code, currency, sign, floor, recorded_at, opened_at, open_from)
    SELECT p_workspace, x.number, x.code, x.currency, x.sign, x.floor, recorded, recorded, '-infinity'
    FROM unnest(v_number, p_codes, p_currencies, v_sign, v_floor) x(number, code, currency, sign, floor)
    ON CONFLICT DO NOTHING;
  UPDATE ledger_accounts l SET balance`,
  ],
])

/** Whoever opens the account properly meets the one that came in by the side. */
const tolerant = planted('ledger_open', [
  [
    'AND a.currency = w.currency);\n  GET DIAGNOSTICS',
    'AND a.currency = w.currency)\n  ON CONFLICT DO NOTHING;\n  GET DIAGNOSTICS',
  ],
])

const plants: Record<string, readonly string[]> = {
  'a lost zero-row insert': [longWay, withoutZeroRow, tolerant],
  'a swapped sign': [planted('ledger_post_common', [['a.sign * v_amount < 0', 'a.sign * v_amount > 0']])],
  'a swapped sign in batches': [
    longWay,
    planted('ledger_post_many', [['v_amount * v_sign[a] < 0', 'v_amount * v_sign[a] > 0']]),
  ],
  'a missing lock': [longWay, planted('ledger_post_many', [[UNLOCKED, 'ORDER BY w.ord']])],
  'a float': [
    longWay,
    planted('ledger_post_many', [
      [
        'v_after := v_after + v_amount;',
        'v_after := greatest(least(v_after::float8 + v_amount::float8, 9.2e18), -9.2e18)::numeric::int8;',
      ],
    ]),
  ],
}

describe('the model suite catches', () => {
  test.each(Object.keys(plants))('%s', { timeout: 120_000 }, async (name) => {
    await install(plants[name] ?? [])
    try {
      const caught: unknown = await checkModel(services, clock, { seed, workspaces: 60 }).catch(
        (error: unknown) => error,
      )
      // By what the books say or by the ledger's own checks, not by a fault of the planted statement.
      expect(caught).toBeInstanceOf(Error)
      const reason = caught instanceof Error ? String(caught.cause) : ''
      expect(reason).toMatch(
        /no order of these calls explains|expected .* to (be|deeply equal)|assertion failed/,
      )
    } finally {
      await install(
        ['ledger_post_common', 'ledger_post_many', 'ledger_open'].map((name) => planted(name, [])),
      )
    }
  })

  test('nothing where nothing is planted', { timeout: 120_000 }, async () => {
    const { calls } = await checkModel(services, clock, { seed, workspaces: 5 })
    expect(calls).toBeGreaterThan(100)
  })
})
