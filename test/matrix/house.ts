import { createHmac, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { sql } from 'drizzle-orm'
import sharp from 'sharp'
import { addPicture } from '../../src/modules/catalog/operations/change-pictures.ts'
import { createVersion } from '../../src/modules/catalog/index.ts'
import { receiveFile } from '../../src/modules/catalog/operations/receive-file.ts'
import { confirmPayment } from '../../src/modules/checkout/index.ts'
import { addNote } from '../../src/modules/checkout/operations/order-notes.ts'
import { keepView } from '../../src/modules/desk/operations/keep-views.ts'
import { issueBuyerSession } from '../../src/modules/fulfilment/operations/buyer-session.ts'
import { holdByHand } from '../../src/modules/ledger/operations/hold-by-hand.ts'
import { askOwnExport, askPrivacy } from '../../src/modules/privacy/operations/ask.ts'
import { insertToken } from '../../src/modules/workspaces/operations/create-token.ts'
import { inviteMember } from '../../src/modules/workspaces/operations/invite-member.ts'
import { sessions } from '../../src/modules/workspaces/tables.ts'
import { RIGHTS, ROLES, type Right, type Role } from '../../src/platform/authorise.ts'
import { directoryTransaction, transaction } from '../../src/platform/database/transaction.ts'
import { sessionCookie, sessionSecret } from '../../src/platform/http/session.ts'
import type { TestServices } from '../support/services.ts'
import { furnishImports } from './examples-imports.ts'
import { furnishFocus } from './examples-focus.ts'
import { furnishPlans } from './examples-plans.ts'
import { furnishStreams } from './furnish-streams.ts'
import { fixed, makeShop, type Shop } from '../support/shop.ts'
import { makeMember } from '../support/workspace.ts'

/** A workspace with one of everything, and a person of every role. */
export type House = Shop & {
  buyerEmail: string
  /** A member's cookie, of a session made for this very call. */
  session(role: Role): Promise<Record<string, string>>
  /** The headers of a program whose maker is the owner, with these rights. */
  program(rights: readonly Right[]): Promise<Record<string, string>>
  /** The cookie of the one who bought here. */
  buyerCookie: Record<string, string>
  /** Ids and keys by what they are; what is asked for under a name that is not here is a mistake of the test. */
  thing(name: string): string
  users: Readonly<Record<Role, string>>
}

/** Builds one; two of them have the same things, each its own. */
export async function makeHouse(services: TestServices): Promise<House> {
  const shop = await makeShop(services)
  const users: Partial<Record<Role, string>> = { owner: shop.owner.userId }
  for (const role of ROLES.filter((one) => one !== 'owner'))
    users[role] = (await makeMember(services, shop.workspaceId, { role })).userId
  const buyerEmail = `buyer-${randomBytes(4).toString('hex')}@example.com`
  const things = await furnish(services, shop, buyerEmail)
  const people = users as Record<Role, string>
  const cookieOf = `buyer-${shop.workspaceId.slice(-12)}=${issueBuyerSession(shop.ctx, buyerEmail)}`
  return {
    ...shop,
    buyerEmail,
    users: people,
    buyerCookie: { cookie: cookieOf },
    session: (role) => openSession(services, people[role]),
    program: async (rights) => {
      const made = await transaction(shop.ctx, (tx) =>
        insertToken(tx, people.owner, { name: 'matrix', rights: [...rights] }),
      )
      return { authorization: `Bearer ${made.token}` }
    },
    thing: (name) => {
      const found = things[name]
      if (found === undefined || found === '')
        throw new Error(`the house of the matrix has no '${name}': furnish it`)
      return found
    },
  }
}

/** Signs a person in, as sign-in does at its end. */
export async function openSession(services: TestServices, userId: string): Promise<Record<string, string>> {
  const token = randomBytes(24).toString('base64url')
  const now = services.clock.now()
  await directoryTransaction({ ...services, workspaceId: undefined } as never, (tx) =>
    tx.db.insert(sessions).values({
      id: services.ids.next(),
      userId,
      token,
      expiresAt: new Date(now.getTime() + 86_400_000),
      createdAt: now,
      updatedAt: now,
    }),
  )
  const signature = createHmac('sha256', sessionSecret(services.secrets)).update(token).digest('base64')
  const { name } = sessionCookie(services.config)
  return {
    cookie: `${name}=${encodeURIComponent(`${token}.${signature}`)}`,
    origin: new URL(services.config.publicUrl).origin,
  }
}

async function furnish(
  services: TestServices,
  shop: Shop,
  email: string,
): Promise<Readonly<Record<string, string>>> {
  const { ctx } = shop
  const made = await shop.app.request('/api/v1/webhook-endpoints', {
    method: 'POST',
    headers: shop.headers,
    body: JSON.stringify({ url: 'https://hooks.example.com/rafid' }),
  })
  const endpoint = (await made.json()) as { id: string }
  const productId = await shop.product([fixed('11500')], 50)
  const spareProduct = await shop.product([fixed('2300')])
  const image = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#246' } })
    .png()
    .toBuffer()
  const picture = await receiveFile(ctx, { name: 'cover.png', body: Readable.from([image]) })
  const { pictures } = await addPicture(ctx, productId, { fileId: picture.id })
  const file = await receiveFile(ctx, { name: 'more.pdf', body: Readable.from(['%PDF-1.7\n%%EOF\n']) })
  const paid = await shop.order([{ productId }], { email })
  await shop.act(paid.order, { action: 'pay' })
  await confirmPayment(shop.buyer, { orderId: paid.order.id })
  await services.drain()
  // Published editions are told to earlier buyers; a draft can still be changed.
  const version = await createVersion(ctx, productId, { fileIds: [file.id] })
  const pending = await shop.order([{ productId }], { email })
  const cancellable = await shop.order([{ productId }], { email })
  const cart = await shop.app.request(`/api/v1/stores/${shop.slug}/carts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ currency: 'SAR', items: [{ productId, quantity: 1 }] }),
  })
  const revocable = await transaction(ctx, (tx) =>
    insertToken(tx, shop.owner.userId, { name: 'revocable', rights: [...RIGHTS] }),
  )
  const archive = await askPrivacy(ctx, { kind: 'export', email })
  const ownArchive = await askOwnExport(ctx)
  await services.drain()
  const { focusStream, milestone } = await furnishFocus(ctx)
  const { plan, projection } = await furnishPlans(ctx)
  await openSession(services, shop.owner.userId)
  const invitation = await inviteMember(ctx, {
    email: `invited-${randomBytes(4).toString('hex')}@example.com`,
    role: 'editor',
  })
  const view = await keepView(ctx, {
    screen: 'orders',
    name: 'Paid',
    search: { state: 'paid' },
    shared: true,
  })
  const note = await addNote(ctx, paid.order.id, { body: 'Called about the invoice.' })
  const ofStreams = await furnishStreams(ctx)
  const ofImports = await furnishImports(services, ctx, ofStreams['stream'] ?? '')
  const hold = await holdByHand(ctx, {
    debit: '5100',
    credit: '1000',
    currency: 'SAR',
    amountMinor: 5_000n,
    memo: 'Deposit for the hall',
    idempotencyKey: 'hall',
  })
  const leaver = await makeMember(services, shop.workspaceId, { role: 'editor' })
  const one = async (statement: ReturnType<typeof sql>) =>
    (await shop.query<{ value: string }>(statement))[0]?.value ?? ''
  const ws = shop.workspaceId
  // Long enough ago to be sent again.
  await shop.query(
    sql`UPDATE invitations SET sent_at = sent_at - interval '1 hour' WHERE workspace_id = ${ws}`,
  )
  await shop.query(sql`UPDATE messages SET status = 'failed' WHERE workspace_id = ${ws} AND kind = 'receipt'`)
  return {
    ...ofStreams,
    ...ofImports,
    workspace: ws,
    view: view.id,
    note: note.id,
    store: shop.slug,
    email,
    product: productId,
    'spare-product': spareProduct,
    'product-slug': await one(
      sql`SELECT slug AS value FROM products WHERE workspace_id = ${ws} AND id = ${productId}`,
    ),
    version: version.id,
    picture: pictures.at(-1)?.id ?? '',
    image: picture.id,
    file: file.id,
    order: paid.order.id,
    'order-key': paid.key,
    'order-number': paid.order.number,
    'pending-order': pending.order.id,
    'pending-key': pending.key,
    'pending-payment': new URL(pending.order.payment?.url ?? 'http://x/').pathname.split('/').at(-1) ?? '',
    'cancellable-order': cancellable.order.id,
    cart: ((await cart.json()) as { id: string }).id,
    token: revocable.id,
    member: leaver.userId,
    nothing: services.ids.next(),
    'focus-stream': focusStream,
    milestone,
    plan,
    projection,
    session: await one(
      sql`SELECT id AS value FROM sessions WHERE user_id = ${shop.owner.userId} ORDER BY id LIMIT 1`,
    ),
    invitation: invitation.id,
    endpoint: endpoint.id,
    delivery: await one(
      sql`SELECT id AS value FROM webhook_deliveries WHERE workspace_id = ${ws} ORDER BY id LIMIT 1`,
    ),
    hold,
    archive: archive.id,
    'own-archive': ownArchive.id,
    document: await one(
      sql`SELECT id AS value FROM documents WHERE workspace_id = ${ws} AND order_id = ${paid.order.id}`,
    ),
    payment: await one(
      sql`SELECT id AS value FROM payments WHERE workspace_id = ${ws} AND order_id = ${paid.order.id}`,
    ),
    entitlement: await one(
      sql`SELECT id AS value FROM entitlements WHERE workspace_id = ${ws} AND order_id = ${paid.order.id}`,
    ),
    message: await one(sql`SELECT id AS value FROM messages WHERE workspace_id = ${ws} AND kind = 'receipt'`),
    entry: await one(
      sql`SELECT id AS value FROM ledger_entries WHERE workspace_id = ${ws} ORDER BY id LIMIT 1`,
    ),
  }
}
