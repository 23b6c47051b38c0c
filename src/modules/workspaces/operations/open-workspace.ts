import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { assert, NotSignedIn } from '../../../platform/errors.ts'
import { slugify } from '../../../shared/slug.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import type { Locale } from '../../../shared/locale.ts'
import type { NewWorkspace, OpenedWorkspace } from '../schema.ts'
import { members, workspaces } from '../tables.ts'
import { forgetActors } from './actor-cache.ts'
import { audit } from './audit.ts'
import { isStoreSlugFree } from './find-store-workspace.ts'

/** What a new store begins with. */
export type StoreStart = {
  slug: string
  name: { ar: string; en: string }
  /** ISO 4217 codes. */
  currencies: CurrencyCode[]
  defaultLocale: Locale
}

/**
 * What other modules do when a workspace is opened, in the same transaction and as its owner; given by the program's
 * root. `createStore` gives the store its address too, by `moveStore`.
 */
export type WorkspaceParts = { createStore(ctx: TxCtx, store: StoreStart): Promise<unknown> }

/**
 * Opens another workspace with an empty store for the person who asks; they own it.
 * @throws NotSignedIn, StoreSlugTaken
 */
export async function createWorkspace(
  ctx: Ctx,
  input: NewWorkspace,
  parts: WorkspaceParts,
): Promise<OpenedWorkspace> {
  const { actor } = ctx
  if (actor.kind !== 'person' && actor.kind !== 'member') throw new NotSignedIn()
  const opened = await transaction({ ...ctx, workspaceId: ctx.ids.next() }, (tx) =>
    openWorkspace(asOwner(tx, actor.userId), { ...input, ownerId: actor.userId }, parts),
  )
  forgetActors()
  return opened
}

/** The context of the one who is about to own the transaction's workspace. */
export function asOwner(ctx: TxCtx, userId: string): TxCtx {
  return { ...ctx, actor: { kind: 'member', userId, role: 'owner' } }
}

/** Writes the workspace that the transaction belongs to, its owner, its store and the store's address. */
export async function openWorkspace(
  ctx: TxCtx,
  input: NewWorkspace & { ownerId: string },
  parts: WorkspaceParts,
): Promise<OpenedWorkspace> {
  const name = input.locale === 'ar' ? input.storeNameAr : input.storeNameEn
  const now = ctx.clock.now()
  const { workspaceId } = ctx
  await ctx.tx.db.insert(workspaces).values({ id: workspaceId, name, createdAt: now })
  await ctx.tx.db.insert(members).values({ workspaceId, userId: input.ownerId, role: 'owner', joinedAt: now })
  // Before what belongs to it, so that the log reads in the order in which things came to be.
  await audit(ctx, {
    action: 'workspace.open',
    subjectKind: 'workspace',
    subjectId: workspaceId,
    after: { name },
  })
  const slug = input.storeSlug ?? (await freeSlug(ctx, input))
  await parts.createStore(ctx, {
    slug,
    name: { ar: input.storeNameAr, en: input.storeNameEn },
    currencies: [input.currency],
    defaultLocale: input.locale,
  })
  return { id: workspaceId, name, store: { slug } }
}

/** The address that the store's name suggests, with a number behind it if it is taken. */
async function freeSlug(ctx: TxCtx, input: NewWorkspace): Promise<string> {
  const suggested = slugify(input.storeNameEn) || slugify(input.storeNameAr) || 'store'
  for (let number = 1; number < 100; number++) {
    const slug = number === 1 ? suggested : `${suggested.slice(0, 76)}-${number}`
    if (await isStoreSlugFree(ctx, slug)) return slug
  }
  const unique = `store-${ctx.workspaceId}`
  assert(await isStoreSlugFree(ctx, unique), 'the address made from an id is free')
  return unique
}
