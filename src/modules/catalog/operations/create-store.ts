import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { plainLook, writeLook } from '../../../shared/look.ts'
import { audit, moveStore } from '../../workspaces/index.ts'
import { StoreExists } from '../errors.ts'
import { createStoreSchema, type CreateStore, type Store } from '../schema.ts'
import { readStore } from './read-store.ts'

const EMPTY = { ar: '', en: '' }

/**
 * Opens the workspace's store; until it has connected a payment provider it takes test payments only.
 * @throws StoreExists; StoreSlugTaken if another store of this server has the address
 */
export async function createStore(ctx: Ctx, input: CreateStore): Promise<Store> {
  authorise(ctx, 'store:write')
  const store = createStoreSchema.parse(input)
  const { tagline = EMPTY, about = EMPTY, refundPolicy = EMPTY, address = null } = store
  return transaction(ctx, async (tx) => {
    const now = ctx.clock.now()
    const created = await rows(
      tx,
      sql`INSERT INTO stores (workspace_id, slug, name_ar, name_en, tagline_ar, tagline_en, about_ar, about_en,
            refund_policy_ar, refund_policy_en, default_locale, currencies, tax_rate_bps, prices_include_tax, legal_name,
            tax_number, address, country, support_email, providers, time_zone, look, created_at, updated_at)
          VALUES (${tx.workspaceId}, ${store.slug}, ${store.name.ar}, ${store.name.en}, ${tagline.ar}, ${tagline.en},
            ${about.ar}, ${about.en}, ${refundPolicy.ar}, ${refundPolicy.en}, ${store.defaultLocale ?? 'ar'},
            ${sql.param(store.currencies)}::text[], ${store.taxRateBps ?? 0}, ${store.pricesIncludeTax ?? true},
            ${store.legalName ?? ''}, ${store.taxNumber ?? ''}, ${address === null ? null : JSON.stringify(address)}::jsonb,
            ${store.country ?? ''}, ${store.supportEmail ?? ''}, ${sql.param(['test'])}::text[],
            ${store.timeZone ?? 'Asia/Riyadh'}, ${writeLook(store.look ?? plainLook)}, ${now}, ${now})
          ON CONFLICT DO NOTHING RETURNING slug`,
    )
    if (created.length === 0) throw new StoreExists()
    await moveStore(tx, { slug: store.slug, name: store.name, tagline })
    await audit(tx, {
      action: 'store.create',
      subjectKind: 'store',
      subjectId: tx.workspaceId,
      after: { slug: store.slug, name: store.name, currencies: store.currencies },
    })
    return readStore(tx)
  })
}
