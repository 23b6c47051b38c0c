import type { Services } from '../ctx.ts'
import { SecretUnreadable, type SealFault } from './errors.ts'
import { openKept, type SealedTable } from './sealed-table.ts'
import { walkSealed, type Kept } from './walk.ts'

/** A secret that does not open, and where it is kept. */
export type SealedFault = Pick<Kept, 'workspaceId' | 'id' | 'column'> & {
  table: string
  fault: SealFault
  keyId: string
}

/** What proving found. */
export type SealedFound = { values: number; faults: SealedFault[] }

/** Opens every secret of the database, and says which do not open. */
export async function checkSealed(
  services: Services,
  where: { tables: readonly SealedTable[]; workspaces: readonly string[] },
): Promise<SealedFound> {
  const found: SealedFound = { values: 0, faults: [] }
  await walkSealed(services, where, ({ values }) => {
    for (const value of values) {
      found.values += 1
      const fault = faultOf(services, value)
      if (fault !== undefined) found.faults.push(fault)
    }
    return Promise.resolve()
  })
  return found
}

/** Why a value does not open; undefined if it does. */
export function faultOf({ secrets }: Services, value: Kept): SealedFault | undefined {
  const { table, workspaceId, id, column } = value
  const fault = (why: SealFault, keyId: string) => ({
    table: table.table,
    workspaceId,
    id,
    column,
    fault: why,
    keyId,
  })
  try {
    openKept(secrets, table, value)
    return undefined
  } catch (error) {
    return error instanceof SecretUnreadable ? fault(error.fault, error.keyId) : fault('changed', '')
  }
}
