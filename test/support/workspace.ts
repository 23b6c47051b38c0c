import { createStore } from '../../src/modules/catalog/index.ts'
import { insertToken } from '../../src/modules/workspaces/operations/create-token.ts'
import { asOwner, openWorkspace } from '../../src/modules/workspaces/operations/open-workspace.ts'
import { hashNewPassword, insertPerson } from '../../src/modules/workspaces/operations/register-person.ts'
import { members } from '../../src/modules/workspaces/tables.ts'
import { RIGHTS, type Right, type Role } from '../../src/platform/authorise.ts'
import { systemCtx, type Ctx, type Services } from '../../src/platform/ctx.ts'
import { transaction } from '../../src/platform/database/transaction.ts'
import type { CurrencyCode } from '../../src/shared/currencies.ts'
import type { Locale } from '../../src/shared/locale.ts'

/** A person who can sign in with the password of all people in tests. */
export type TestPerson = { userId: string; name: string; email: string; password: string }

/** A workspace of a test's own, with an empty store, its owner, and a token that may do everything. */
export type TestWorkspace = {
  workspaceId: string
  slug: string
  owner: TestPerson
  token: string
  /** For `app.request(path, { headers })`: the token, and that the body is JSON. */
  headers: Record<string, string>
  /** The owner's context, for calling operations. */
  ctx: Ctx
}

const PASSWORD = 'turquoise kettle ploughs'
let passwordHash: Promise<string> | undefined

/** Makes a workspace in a few milliseconds: `const { ctx, headers, slug } = await makeWorkspace(services)`. */
export async function makeWorkspace(
  services: Services,
  options: { slug?: string; currency?: CurrencyCode; locale?: Locale; owner?: TestPerson } = {},
): Promise<TestWorkspace> {
  const { currency = 'KWD', locale = 'ar' } = options
  const person = await newPerson(services, locale)
  const workspaceId = services.ids.next()
  const slug = options.slug ?? `store-${workspaceId.slice(-12)}`
  return transaction(systemCtx(services, workspaceId), async (tx) => {
    const owner = options.owner ?? { ...person, userId: await insertPerson(tx, person) }
    const acting = asOwner(tx, owner.userId)
    const store = {
      storeNameAr: 'متجر الرافد',
      storeNameEn: 'Rafid Store',
      storeSlug: slug,
      currency,
      locale,
    }
    await openWorkspace(acting, { ...store, ownerId: owner.userId }, { createStore })
    const { token } = await insertToken(acting, owner.userId, { name: 'Test', rights: [...RIGHTS] })
    const ctx: Ctx = {
      ...systemCtx(services, workspaceId),
      actor: acting.actor,
      locale,
      session: signedInNow(services),
    }
    return { workspaceId, slug, owner, token, headers: bearer(token), ctx }
  })
}

/** Another member of a workspace, with a token of all rights that the role allows, or of `rights`. */
export async function makeMember(
  services: Services,
  workspaceId: string,
  { role, rights = RIGHTS }: { role: Role; rights?: readonly Right[] },
): Promise<TestPerson & { token: string; headers: Record<string, string>; ctx: Ctx }> {
  const person = await newPerson(services, 'en')
  return transaction(systemCtx(services, workspaceId), async (tx) => {
    const userId = await insertPerson(tx, person)
    await tx.tx.db.insert(members).values({ workspaceId, userId, role, joinedAt: services.clock.now() })
    const { token } = await insertToken(tx, userId, { name: role, rights: [...rights] })
    const actor = { kind: 'member', userId, role } as const
    const ctx: Ctx = { ...systemCtx(services, workspaceId), actor, session: signedInNow(services) }
    return { ...person, userId, token, headers: bearer(token), ctx }
  })
}

/** The session of a person who has just signed in. */
function signedInNow({ ids, clock }: Services): NonNullable<Ctx['session']> {
  return { id: ids.next(), openedAt: clock.now() }
}

/** The headers of a program with a token. */
export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
}

async function newPerson(services: Services, locale: Locale) {
  passwordHash ??= hashNewPassword(PASSWORD, { personal: [], pointer: '/password' })
  const email = `person-${services.ids.next().slice(-12)}@example.com`
  return { name: 'نورة السالم', email, password: PASSWORD, passwordHash: await passwordHash, locale }
}
