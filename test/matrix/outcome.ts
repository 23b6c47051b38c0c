import { RIGHTS, RIGHTS_OF_ROLE, ROLES, type Right, type Role } from '../../src/platform/authorise.ts'
import type { House } from './house.ts'

/** Everybody who may stand at the door. */
export const CALLERS = [
  'anonymous',
  'buyer',
  ...ROLES,
  'token without the scope',
  'token with the scope alone',
  'another owner naming this workspace',
] as const

/** One of CALLERS. */
export type CallerName = (typeof CALLERS)[number]

/** What a caller gets: let in, or the status with which they are refused. */
export type Outcome = 'in' | 401 | 403

/** The expectation, from what the route declares: the table of the matrix. */
export function outcomeOf(declared: string, caller: CallerName): Outcome {
  const isMember = (ROLES as readonly string[]).includes(caller)
  switch (declared) {
    case 'anybody':
    case 'key-holder':
      return 'in'
    case 'signed-in':
      return caller === 'anonymous' || caller === 'buyer' ? 401 : 'in'
    case 'person':
      return isMember || caller === 'another owner naming this workspace' ? 'in' : 401
    default:
      return outcomeOfRight(declared as Right, caller)
  }
}

function outcomeOfRight(right: Right, caller: CallerName): Outcome {
  if (!RIGHTS.includes(right)) throw new Error(`no route can need '${right}': it is no right`)
  switch (caller) {
    case 'anonymous':
    case 'buyer':
      return 401
    case 'token without the scope':
    case 'another owner naming this workspace':
      return 403
    case 'token with the scope alone':
      return 'in'
    default:
      return RIGHTS_OF_ROLE[caller].includes(right) ? 'in' : 403
  }
}

/** The headers with which a caller comes. Sessions are new at each call, since some routes end them. */
export async function headersOf(
  caller: CallerName,
  { house, stranger, right }: { house: House; stranger: House; right: string },
): Promise<Record<string, string>> {
  const isRight = (RIGHTS as readonly string[]).includes(right)
  switch (caller) {
    case 'anonymous':
      return {}
    case 'buyer':
      return house.buyerCookie
    case 'token without the scope':
      return house.program(RIGHTS.filter((one) => one !== right))
    case 'token with the scope alone':
      return house.program(isRight ? [right as Right] : ['store:read'])
    case 'another owner naming this workspace':
      return { ...(await stranger.session('owner')), 'rafid-workspace': house.workspaceId }
    default:
      return {
        ...(await house.session(caller satisfies Role)),
        'rafid-workspace': house.workspaceId,
      }
  }
}
