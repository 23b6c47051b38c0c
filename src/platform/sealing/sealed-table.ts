import type { Secrets } from '../secrets.ts'
import { isSealed, open } from './envelope.ts'

/** One row of a sealed table, as its place is named by. */
export type SealedRow = {
  readonly workspaceId: string | undefined
  readonly id: string
  readonly column: string
}

/** What of a table is sealed. Modules declare their own; rotation and proof go along all of them. */
export type SealedTable = {
  readonly table: string
  /** The column that tells a row, within its workspace; a uuid. */
  readonly id: string
  readonly columns: readonly string[]
  /** The table belongs to people and not to a workspace. */
  readonly ofPeople?: true
  /** What a text is sealed for. */
  place(row: SealedRow): string
  /** Opens what was kept before there were envelopes. */
  openOlder(secrets: Secrets, row: SealedRow, kept: string): string
}

/** Opens what is kept in a row, in whichever form. @throws SecretUnreadable */
export function openKept(secrets: Secrets, table: SealedTable, row: SealedRow & { kept: string }): string {
  const { kept } = row
  return isSealed(kept) ? open(secrets.keyring, table.place(row), kept) : table.openOlder(secrets, row, kept)
}
