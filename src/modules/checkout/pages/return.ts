import { Hono } from 'hono'
import type { Env } from '../../../platform/http/env.ts'
import { NotFound } from '../../../platform/errors.ts'
import { isId } from '../../../shared/ids.ts'
import { isLocale } from '../../../shared/locale.ts'
import { storePaths } from '../../../storefront/urls.ts'
import { storeCtx } from '../api/store-ctx.ts'
import { confirmReturn } from '../operations/confirm-return.ts'

/** Where payment providers send buyers back to: confirms the payment, then shows the order. */
export const returnPages: Hono<Env> = new Hono<Env>().get(
  '/:locale/:store/-/orders/:id/return',
  async (c) => {
    const { locale, store, id } = c.req.param()
    const key = c.req.query('key') ?? ''
    if (!isLocale(locale) || !isId(id)) throw new NotFound()
    await confirmReturn(await storeCtx(c, store), id, key)
    c.header('cache-control', 'no-store')
    return c.redirect(storePaths(locale, store).order(id, key), 303)
  },
)
