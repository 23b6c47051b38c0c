import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createStore } from '../modules/catalog/index.ts'
import { ensureSetupLink, listStoreDirectory, setUpInstance } from '../modules/workspaces/index.ts'
import { systemCtx, type Ctx, type Services } from '../platform/ctx.ts'
import { seedOrders } from './orders.ts'
import { DEMO_OWNER } from './owner.ts'
import { seedDemo } from './seed.ts'
import { seedPlans } from './plans.ts'
import { seedStreams } from './streams.ts'

const STORE = {
  storeNameAr: 'ورشة سلمى',
  storeNameEn: 'Salma’s Workshop',
  storeSlug: 'salma',
  currency: 'SAR',
  locale: 'ar',
} as const

/** Sets an empty server up with the demo store, its products and two months of orders; leaves any other server alone. */
export async function openDemo(services: Services): Promise<void> {
  const ctx = systemCtx(services)
  if ((await ensureSetupLink(services)) !== undefined) {
    const link = await readFile(join(services.config.dataDir, 'setup-link'), 'utf8')
    const token = link.trim().split('#')[1] ?? ''
    await setUpInstance(ctx, { token, ...DEMO_OWNER, ...STORE }, { createStore })
  }
  for (const { slug, workspaceId } of await listStoreDirectory(ctx, 1000)) {
    if (slug === STORE.storeSlug) await fill({ ...ctx, workspaceId })
  }
}

async function fill(ctx: Ctx): Promise<void> {
  const products = await seedDemo(ctx)
  await seedOrders(ctx, products)
  await seedStreams(ctx)
  await seedPlans(ctx)
}
