import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { RIGHTS } from '../../../platform/authorise.ts'
import { systemCtx, type Ctx, type Services } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { directoryTransaction, transaction } from '../../../platform/database/transaction.ts'
import { t } from '../../../platform/i18n/index.ts'
import { enqueueForNobody } from '../../../platform/jobs/jobs.ts'
import { AlreadySetUp, SetupLinkInvalid } from '../errors.ts'
import { sendAccountLinkRef } from '../job-refs.ts'
import { base32 } from '../rules/token.ts'
import type { SetUp, SetUpDone } from '../schema.ts'
import { instance } from '../tables.ts'
import { insertToken } from './create-token.ts'
import { asOwner, openWorkspace, type WorkspaceParts } from './open-workspace.ts'
import { hashNewPassword, insertPerson } from './register-person.ts'

const KEY = 'setup'
const stateSchema = z.object({ hash: z.string(), usedAt: z.string().nullable() })

type State = z.infer<typeof stateSchema>

/**
 * The link with which the owner sets the installation up; undefined once that has been done. Only a hash of it is in the
 * database; the link itself lies in DATA_DIR/setup-link until it is used, so that a restart shows the same one.
 */
export async function ensureSetupLink(services: Services): Promise<string | undefined> {
  const path = linkPath(services)
  const ctx = systemCtx(services)
  // At every start but the first ones, nothing has to be written.
  const token = (await isSetUp(ctx)) ? undefined : await writeLink(ctx, path)
  if (token !== undefined) return linkOf(services, token)
  await rm(path, { force: true })
  return undefined
}

/** The token of the link that is written down; undefined where another process was told meanwhile that it was used. */
function writeLink(ctx: Ctx, path: string): Promise<string | undefined> {
  return directoryTransaction(ctx, async (tx) => {
    const updatedAt = ctx.clock.now()
    const empty: State = { hash: '', usedAt: null }
    await tx.db.insert(instance).values({ key: KEY, value: empty, updatedAt }).onConflictDoNothing()
    // Held until the file is written, so that two processes that start together write down one link.
    const state = await lockState(tx)
    if (state === undefined || state.usedAt !== null) return undefined
    const kept = await readLink(path)
    const known = kept ?? base32(randomBytes(32))
    if (kept === undefined) await writeFile(path, `${linkOf(ctx, known)}\n`, { mode: 0o600 })
    // A link that was lost is replaced: the one that is written down is the one that works.
    const value: State = { hash: hashOf(known), usedAt: null }
    await tx.db.update(instance).set({ value, updatedAt }).where(eq(instance.key, KEY))
    return known
  })
}

/** Whether the installation has its owner. */
export async function isSetUp(ctx: Ctx): Promise<boolean> {
  const state = await directoryTransaction(ctx, readState)
  return state !== undefined && state.usedAt !== null
}

/**
 * Makes the owner, the first workspace with an empty store, and a token for programs. Works once, also when asked twice
 * at the same moment.
 * @throws AlreadySetUp, SetupLinkInvalid, Invalid for a weak password
 */
export async function setUpInstance(ctx: Ctx, input: SetUp, parts: WorkspaceParts): Promise<SetUpDone> {
  requireUnused(await directoryTransaction(ctx, readState), input.token)
  const { name, email, locale } = input
  const personal = [name, email, input.storeNameAr, input.storeNameEn]
  const passwordHash = await hashNewPassword(input.password, { personal, pointer: '/password' })
  const done = await transaction({ ...ctx, workspaceId: ctx.ids.next() }, async (tx) => {
    const state = await lockState(tx.tx)
    requireUnused(state, input.token)
    const userId = await insertPerson(tx, { name, email, passwordHash, locale })
    const owner = asOwner(tx, userId)
    const opened = await openWorkspace(owner, { ...input, ownerId: userId }, parts)
    // Without a proven address a forgotten password is a lost account.
    if (ctx.mail !== undefined) {
      const wish = { requestId: ctx.ids.next(), email, purpose: 'verify-email' as const, locale, userId }
      await enqueueForNobody({ ...tx, workspaceId: undefined }, sendAccountLinkRef, wish)
    }
    const made = await insertToken(owner, userId, {
      name: t(locale, 'workspaces.token.set-up'),
      rights: [...RIGHTS],
    })
    const now = ctx.clock.now()
    const value: State = { hash: hashOf(input.token), usedAt: now.toISOString() }
    await tx.tx.db.update(instance).set({ value, updatedAt: now }).where(eq(instance.key, KEY))
    return { workspaceId: opened.id, userId, store: opened.store, token: made.token }
  })
  await rm(linkPath(ctx), { force: true })
  return done
}

function requireUnused(state: State | undefined, token: string): void {
  if (state === undefined) throw new SetupLinkInvalid()
  if (state.usedAt !== null) throw new AlreadySetUp()
  if (!timingSafeEqual(Buffer.from(state.hash), Buffer.from(hashOf(token)))) throw new SetupLinkInvalid()
}

async function readState(tx: Tx): Promise<State | undefined> {
  const [row] = await tx.db.select({ value: instance.value }).from(instance).where(eq(instance.key, KEY))
  return row === undefined ? undefined : stateSchema.parse(row.value)
}

/** The state, and nobody else may change it until the transaction ends. */
async function lockState(tx: Tx): Promise<State | undefined> {
  const [row] = await tx.db
    .select({ value: instance.value })
    .from(instance)
    .where(eq(instance.key, KEY))
    .for('update')
  return row === undefined ? undefined : stateSchema.parse(row.value)
}

async function readLink(path: string): Promise<string | undefined> {
  try {
    return /#([0-9a-z]{52})\s*$/.exec(await readFile(path, 'utf8'))?.[1]
  } catch {
    return undefined
  }
}

function linkOf({ config }: Services, token: string): string {
  return `${config.publicUrl}/setup#${token}`
}

function linkPath({ config }: Services): string {
  return join(config.dataDir, 'setup-link')
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
