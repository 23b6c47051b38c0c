import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { AuditProof } from '../../modules/workspaces/audit/schema.ts'
import type {
  ApiToken,
  AuditEvent,
  ChangePassword,
  MadeToken,
  Member,
  NewToken,
  Session,
  SetUp,
  SetUpDone,
  SignedIn,
  SignIn,
} from '../../modules/workspaces/schema.ts'
import type { Right } from '../../platform/authorise.ts'
import { request, requestRaw, setRequestContext, type Page } from './client.ts'
import { keepFile } from './download.ts'

export type { ApiToken, AuditEvent, AuditProof, Member, NewToken, Right, Session, SetUp }

const workspaceKey = 'rafid.workspace'

/** Who is signed in, acting in the workspace that they last chose. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: readSession,
  staleTime: 60_000,
  retry: false,
})

async function readSession(): Promise<Session> {
  const kept = localStorage.getItem(workspaceKey) ?? undefined
  setRequestContext({ workspaceId: undefined })
  const session = await request<Session>('GET', '/auth/session')
  const ids = session.workspaces.map(({ id }) => id)
  const chosen = kept !== undefined && ids.includes(kept) ? kept : (session.current?.workspaceId ?? ids[0])
  setRequestContext({ workspaceId: chosen })
  if (chosen === undefined || chosen === session.current?.workspaceId) return session
  return request<Session>('GET', '/auth/session')
}

/** Acts in another workspace from the next request on. */
export function chooseWorkspace(workspaceId: string): void {
  localStorage.setItem(workspaceKey, workspaceId)
  setRequestContext({ workspaceId })
}

/** Whether the installation has its owner. */
export const setUpQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: () => request<{ done: boolean }>('GET', '/setup'),
})

/** Makes the owner and the first store. */
export function setUp(input: SetUp): Promise<SetUpDone> {
  return request('POST', '/setup', { body: input })
}

/** Signs in. */
export function signIn(input: SignIn): Promise<SignedIn> {
  return request('POST', '/auth/sign-in', { body: input })
}

/** Signs out. */
export function signOut(): Promise<void> {
  return request('POST', '/auth/sign-out')
}

/** Changes the password; other browsers are signed out. */
export function changePassword(input: ChangePassword): Promise<void> {
  return request('POST', '/auth/password', { body: input })
}

/** The members of the workspace. */
export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: () => request<Page<Member>>('GET', '/members', { query: { limit: 100 } }),
})

/** The API tokens of the workspace, page by page. */
export const tokenPages = infiniteQueryOptions({
  queryKey: ['tokens'],
  queryFn: ({ pageParam }) =>
    request<Page<ApiToken>>('GET', '/tokens', { query: { limit: 50, after: pageParam } }),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
})

/** Makes a token; its secret is in this answer only. */
export function createToken(input: NewToken): Promise<MadeToken> {
  return request('POST', '/tokens', { body: input })
}

/** Makes a token useless. */
export function revokeToken(id: string): Promise<void> {
  return request('DELETE', `/tokens/${id}`)
}

/** What the log is narrowed by. */
export type LogFilter = Partial<
  Record<'action' | 'subjectKind' | 'subjectId' | 'userId' | 'from' | 'to', string>
> & { sort?: '-at' | 'at' }

/** Who did what, the newest first unless told. */
export function auditQuery(filter: LogFilter) {
  return infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) =>
      request<Page<AuditEvent>>('GET', '/audit-events', { query: { ...filter, after: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
}

/** Goes along the whole chain of the log. */
export function verifyLog(): Promise<AuditProof> {
  return request('POST', '/audit-events/verify')
}

/** Takes the whole log away. */
export async function takeLog(format: 'csv' | 'jsonl'): Promise<void> {
  await keepFile(await requestRaw('POST', `/audit-events/export/${format}`), `rafid-audit-log.${format}`)
}
