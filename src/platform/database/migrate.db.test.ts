import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { projectRoot } from '../project-root.ts'
import { migrate, MigrationFailed } from './migrate.ts'

const folder = mkdtempSync(join(tmpdir(), 'rafid-migrations-'))
cpSync(join(projectRoot, 'migrations'), folder, { recursive: true })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A migration of the version after this one. */
const next = (sql: string) => writeFileSync(join(folder, '9000_next.sql'), sql)

test('a migration that fails leaves the old state and a sentence; mended, it is made', async () => {
  const { owner } = await testDatabase()
  const client = new pg.Client(owner)
  await client.connect()
  const facts = async () => {
    const { rows } = await client.query<{ fact: string }>(
      `SELECT table_name || '.' || column_name AS fact FROM information_schema.columns WHERE table_schema = 'public'
       UNION ALL SELECT name || checksum || applied_at FROM rafid_migrations ORDER BY 1`,
    )
    return rows.map(({ fact }) => fact)
  }
  const before = await facts()
  next('ALTER TABLE stores ADD COLUMN motto text; CREATE TABLE halves (id uuid); SELECT 1 / 0;')
  const failed = migrate(owner, folder)
  await expect(failed).rejects.toBeInstanceOf(MigrationFailed)
  await expect(failed).rejects.toThrow(
    'Migration 9000_next.sql failed and nothing was changed: division by zero',
  )
  expect(await facts()).toEqual(before)
  // The version that is there goes on as it was.
  expect(await migrate(owner)).toEqual([])

  next('ALTER TABLE stores ADD COLUMN motto text;')
  expect(await migrate(owner, folder)).toEqual(['9000_next.sql'])
  expect(await facts()).toContain('stores.motto')

  next('ALTER TABLE stores ADD COLUMN motto varchar;')
  await expect(migrate(owner, folder)).rejects.toThrow(
    'Migration 9000_next.sql was changed after it had been applied',
  )
  await client.end()
})

test('a start with nothing to migrate waits for nobody who reads the tables, and a migration keeps no reader waiting', async () => {
  const { owner, app } = await testDatabase()
  const [reader, looker] = [new pg.Client(owner), new pg.Client(app)]
  await Promise.all([reader.connect(), looker.connect()])
  // As a backup holds it for as long as it reads.
  await reader.query('BEGIN')
  await reader.query('LOCK TABLE rafid_migrations, stores IN ACCESS SHARE MODE')
  expect(await migrate(owner)).toEqual([])
  next('LOCK TABLE stores IN ACCESS EXCLUSIVE MODE')
  const migrating = migrate(owner, folder)
  const isMigrating = async () => {
    const { rows } = await reader.query<{ mode: string }>(
      "SELECT mode FROM pg_locks WHERE relation = 'rafid_migrations'::regclass AND mode LIKE 'ShareRow%' AND granted",
    )
    return rows.length > 0
  }
  while (!(await isMigrating())) await new Promise((resolve) => setTimeout(resolve, 5))
  // As /readyz looks.
  expect((await looker.query('SELECT FROM rafid_migrations')).rowCount).toBeGreaterThan(0)
  expect(await isMigrating()).toBe(true)
  await reader.query('ROLLBACK')
  expect(await migrating).toEqual(['9000_next.sql'])
  await Promise.all([reader.end(), looker.end()])
})
