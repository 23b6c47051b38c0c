import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareServer } from '../faults/support/server.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
let server: Awaited<ReturnType<typeof prepareServer>>

beforeAll(async () => {
  server = await prepareServer()
  await server.start()
}, 120_000)

afterAll(() => server.close())

test('the example goes from an empty server to the first sale and back', async () => {
  const link = await readFile(join(server.dataDir, 'setup-link'), 'utf8')
  const example = [join(root, 'examples/first-sale.ts'), '--url', server.url, '--setup-link', link]
  const { stdout } = await run(process.execPath, example, { timeout: 60_000 })
  expect(stdout).toContain('Everything was as it must be.')
}, 90_000)

test('the set-up link is gone once it was used', async () => {
  await expect(readFile(join(server.dataDir, 'setup-link'), 'utf8')).rejects.toThrow('ENOENT')
})

test('the example ends with a failure when something is not as it must be', async () => {
  const again = [
    join(root, 'examples/first-sale.ts'),
    '--url',
    server.url,
    '--setup-link',
    `${server.url}/setup#used`,
  ]
  await expect(run(process.execPath, again, { timeout: 60_000 })).rejects.toMatchObject({ code: 1 })
})
