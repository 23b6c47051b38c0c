import type { SealedFault } from '../platform/sealing/check-sealed.ts'
import type { Shell } from './shell.ts'

/** Says which secret does not open, and what to do about it. */
export function sayFault(shell: Shell, { table, column, id, workspaceId, fault, keyId }: SealedFault): void {
  const place = [...(workspaceId === undefined ? [] : [workspaceId]), table, id, column].join(' ')
  shell.complain(`sealed.${fault}`, { place, key: keyId, file: 'secrets.json' })
}
