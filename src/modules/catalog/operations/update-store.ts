import { sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { writeLook } from '../../../shared/look.ts'
import { audit, moveStore } from '../../workspaces/index.ts'
import { CurrencyInUse, invalid, ProvidersMixed } from '../errors.ts'
import { faultOfProviders } from '../rules/providers.ts'
import { updateStoreSchema, type Store, type UpdateStore } from '../schema.ts'
import { readStore } from './read-store.ts'
import { touchStore } from './touch-store.ts'

/**
 * Changes what is given of the store's settings and leaves the rest. Orders that were placed keep the tax they had.
 * @throws NotFound if there is no store yet; StoreSlugTaken; CurrencyInUse if products are still priced in one given up; Invalid
 * for a provider that nobody knows; ProvidersMixed
 */
export async function updateStore(ctx: Ctx, input: UpdateStore): Promise<Store> {
  authorise(ctx, 'store:write')
  const changes = updateStoreSchema.parse(input)
  return transaction(ctx, async (tx) => {
    const locked = await rows(
      tx,
      sql`SELECT true AS locked FROM stores WHERE workspace_id = ${tx.workspaceId} FOR UPDATE`,
    )
    if (locked.length === 0) throw new NotFound()
    const before = await readStore(tx)
    refuseProviders(changes.providers)
    if (changes.currencies) await refuseLosingPrices(tx, changes.currencies)
    await rows(
      tx,
      sql`UPDATE stores SET ${sql.join(assignments(changes, ctx.clock.now()), sql`, `)}
          WHERE workspace_id = ${tx.workspaceId}`,
    )
    await touchStore(tx)
    const after = await readStore(tx)
    if (isListedOtherwise(before, after)) await moveStore(tx, after)
    const pick = (store: Store) => Object.fromEntries(Object.entries(store).filter(([key]) => key in changes))
    await audit(tx, {
      action: 'store.update',
      subjectKind: 'store',
      subjectId: tx.workspaceId,
      before: pick(before),
      after: pick(after),
    })
    return after
  })
}

function refuseProviders(names: readonly string[] | undefined): void {
  const fault = names === undefined ? undefined : faultOfProviders(names)
  if (fault === 'unknown') throw invalid('/providers', 'problems.field.choice')
  if (fault === 'mixed') throw new ProvidersMixed()
}

function isListedOtherwise(before: Store, after: Store): boolean {
  const shown = ({ slug, name, tagline }: Store) => JSON.stringify([slug, name, tagline])
  return shown(before) !== shown(after)
}

async function refuseLosingPrices(ctx: TxCtx, currencies: readonly string[]): Promise<void> {
  const [used] = await rows<{ currency: string; count: bigint }>(
    ctx,
    sql`SELECT currency, count(*) AS count FROM product_prices
        WHERE workspace_id = ${ctx.workspaceId} AND NOT currency = ANY (${sql.param(currencies)}::text[])
        GROUP BY currency ORDER BY currency LIMIT 1`,
  )
  if (used !== undefined) throw new CurrencyInUse(used.currency, Number(used.count))
}

type Changes = ReturnType<typeof updateStoreSchema.parse>

function assignments(changes: Changes, now: Date): SQL[] {
  const sets: SQL[] = [sql`updated_at = ${now}`]
  for (const [key, column] of bilingualColumns) {
    const value = changes[key]
    if (value === undefined) continue
    sets.push(sql`${sql.raw(column)}_ar = ${value.ar}`, sql`${sql.raw(column)}_en = ${value.en}`)
  }
  for (const [key, column] of plainColumns) {
    const value = changes[key]
    if (value !== undefined) sets.push(sql`${sql.raw(column)} = ${value}`)
  }
  if (changes.providers) sets.push(sql`providers = ${sql.param(changes.providers)}::text[]`)
  if (changes.currencies) sets.push(sql`currencies = ${sql.param(changes.currencies)}::text[]`)
  if (changes.look) sets.push(sql`look = ${writeLook(changes.look)}`)
  if (changes.address !== undefined) {
    const address = changes.address === null ? null : JSON.stringify(changes.address)
    sets.push(sql`address = ${address}::jsonb`)
  }
  return sets
}

const bilingualColumns = [
  ['name', 'name'],
  ['tagline', 'tagline'],
  ['about', 'about'],
  ['refundPolicy', 'refund_policy'],
] as const

const plainColumns = [
  ['slug', 'slug'],
  ['defaultLocale', 'default_locale'],
  ['taxRateBps', 'tax_rate_bps'],
  ['pricesIncludeTax', 'prices_include_tax'],
  ['legalName', 'legal_name'],
  ['taxNumber', 'tax_number'],
  ['country', 'country'],
  ['supportEmail', 'support_email'],
  ['timeZone', 'time_zone'],
] as const
