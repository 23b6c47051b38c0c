import type { Ids } from '../shared/ids.ts'
import type { Locale } from '../shared/locale.ts'
import type { Right, Role } from './authorise.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Database, Tx } from './database/database.ts'
import type { FileStore } from './files/store.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Logger } from './log.ts'
import type { MailTransport } from './mail/transport.ts'
import type { Secrets } from './secrets.ts'

/**
 * Who is acting. A buyer proves an e-mail address; a person is signed in without having chosen a workspace; a member
 * belongs to the workspace; a token acts for the one who made it.
 */
export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'system' }
  | { kind: 'buyer'; email: string }
  | { kind: 'person'; userId: string }
  | { kind: 'member'; userId: string; role: Role }
  | { kind: 'token'; tokenId: string; userId: string; rights: readonly Right[] }

/** The ports and stores of the process; made once at start, injected everywhere, replaced by simulations in tests. */
export type Services = {
  readonly config: Config
  readonly secrets: Secrets
  readonly database: Database
  /** A copy of the database that reports may be read from; behind by some moments. */
  readonly replica?: Database | undefined
  readonly clock: Clock
  readonly ids: Ids
  readonly jobs: Jobs
  readonly files: FileStore
  readonly mail: MailTransport | undefined
  readonly log: Logger
}

/** Services, and who asks for what: one per request or job. */
export type Ctx = Services & {
  readonly actor: Actor
  readonly workspaceId: string | undefined
  readonly locale: Locale
  readonly requestId: string
  readonly ip?: string
  /** The browser's session, where a person asks with one; `openedAt` is when they last proved who they are. */
  readonly session?: { readonly id: string; readonly openedAt: Date }
  readonly tx?: Tx
}

/** A context inside a transaction of one workspace. */
export type TxCtx = Ctx & { readonly tx: Tx; readonly workspaceId: string }

/** The context in which the program acts by itself: jobs, sweepers, start-up. */
export function systemCtx(services: Services, workspaceId?: string): Ctx {
  return { ...services, actor: { kind: 'system' }, workspaceId, locale: 'ar', requestId: services.ids.next() }
}
