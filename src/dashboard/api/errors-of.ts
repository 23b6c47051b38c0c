import { isProblem } from './client.ts'

/**
 * The sentence about one field in what the server refused. The pointer is that of the request's body: `/name/ar`;
 * with `below` what is deeper counts as well.
 */
export function wrongAt(error: unknown, pointer: string, below = false): string | undefined {
  if (!isProblem(error)) return undefined
  return error.problem.errors?.find(
    (fault) => fault.pointer === pointer || (below && fault.pointer.startsWith(`${pointer}/`)),
  )?.detail
}

/** The same for a text in two languages; see BilingualField. */
export function wrongInBoth(error: unknown, pointer: string) {
  return {
    ar: wrongAt(error, `${pointer}/ar`),
    en: wrongAt(error, `${pointer}/en`),
    both: wrongAt(error, pointer),
  }
}

/** Whether the server refused for this reason: `changed-meanwhile`. */
export function isRefusedAs(error: unknown, slug: string): boolean {
  return isProblem(error) && error.problem.type.endsWith(`#${slug}`)
}
