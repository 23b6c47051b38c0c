import { z } from 'zod'
import { tableSchema } from './inventory.ts'
import { lockedSchema } from './locked.ts'

/** The form of the archive; one that a later program writes otherwise gets a higher number. */
export const FORMAT = 1

/** The first member, `rafid.json`: what wrote the archive, when, and what the rows are of. */
export const headerSchema = z.object({
  format: z.literal(FORMAT),
  version: z.string(),
  createdAt: z.iso.datetime(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  tables: z.array(tableSchema),
  /** Settings that anyone may see, as environment variables. */
  settings: z.record(z.string(), z.string()),
})

/** See headerSchema. */
export type Header = z.infer<typeof headerSchema>

/** The second member, `secrets.json`, where there was a passphrase. */
export const secretsMemberSchema = lockedSchema

/** What the passphrase opens: the root of all keys, and the settings that hold passwords. */
export const openedSchema = z.object({ secretsFile: z.string(), settings: z.record(z.string(), z.string()) })

/** The last member, `manifest.json`. */
export const manifestSchema = z.object({
  /** Rows by table. */
  rows: z.record(z.string(), z.number()),
  files: z.object({ count: z.number(), bytes: z.number() }),
  /** Keys of files that the rows name and that storage did not have. */
  missing: z.array(z.string()),
  finishedAt: z.iso.datetime(),
})

/** See manifestSchema. */
export type Manifest = z.infer<typeof manifestSchema>

/** How far a backup, a reading or a restore has come. */
export type Progress = {
  phase: 'checking' | 'rows' | 'files' | 'indexes'
  rows: number
  files: number
  bytes: number
}

/** Members that hold rows: `rows/public.orders/000001.copy.zst`. */
export function rowsMember(table: { schema: string; name: string }, nth: number): string {
  return `rows/${table.schema}.${table.name}/${String(nth).padStart(6, '0')}.copy.zst`
}

/** The table of a member that holds rows. */
export function tableOfMember(name: string): string | undefined {
  return /^rows\/([^/]+)\/\d+\.copy\.zst$/.exec(name)?.[1]
}

/** The key of a member that is a file. */
export function keyOfMember(name: string): string | undefined {
  return name.startsWith('files/') ? name.slice('files/'.length) : undefined
}
