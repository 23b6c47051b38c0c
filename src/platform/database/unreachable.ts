import { codeOf } from './transaction.ts'

// No such host, nobody there, no answer, a wrong login, no such database, or one that is just starting.
const UNREACHABLE = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  '28P01',
  '28000',
  '3D000',
  '57P03',
])

/** Whether the error says that a database cannot be opened, which is for whoever set its address to mend. */
export function isUnreachable(error: unknown): boolean {
  // A file that is missing, unless it is the socket of a server that is not there.
  const noSocket = error instanceof Error && 'syscall' in error && error.syscall === 'connect'
  return UNREACHABLE.has(codeOf(error)) || (noSocket && codeOf(error) === 'ENOENT')
}

/** What stood in the way, in the words of the system; where every address of a host was tried, of the first. */
export function reachProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message === '' && error instanceof AggregateError ? String(error.errors[0]) : message
}
