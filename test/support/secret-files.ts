import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What the program keeps for itself; what people gave it and the database are no business of this. */
const NOT_LOOKED_INTO = /^(postgres|files|server\.log)/

/** The mode of a folder that the program makes for itself: under root, PostgreSQL has to pass through as another user. */
export const FOLDER = process.getuid?.() === 0 ? '711' : '700'

/**
 * The files of a data directory that hold one of the values, by name, with `600 in 700` where only their owner can get at
 * them: their own mode and that of their folder.
 */
export function secretFiles(dataDir: string, values: readonly string[]): Record<string, string> {
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
  const names = readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => !NOT_LOOKED_INTO.test(name) && statSync(join(dataDir, name)).isFile())
    .filter((name) => {
      const text = readFileSync(join(dataDir, name), 'utf8')
      return values.some((value) => text.includes(value))
    })
  return Object.fromEntries(
    names.map((name) => {
      const path = join(dataDir, name)
      return [name, `${mode(path)} in ${mode(dirname(path))}`]
    }),
  )
}

/** Every value of the secrets file, however deep. */
export function secretsIn(dataDir: string): string[] {
  const values = (one: unknown): string[] =>
    typeof one === 'string'
      ? [one]
      : typeof one === 'object' && one !== null
        ? Object.values(one).flatMap(values)
        : []
  return values(JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')))
}
