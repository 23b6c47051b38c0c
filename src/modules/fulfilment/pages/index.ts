import { Hono } from 'hono'
import type { Env } from '../../../platform/http/env.ts'
import { limit, limitByAddress } from '../../../platform/http/guard.ts'
import { answerProblemPage } from '../../../storefront/problem-page.tsx'
import { answerOrderPage } from './order-page.tsx'
import {
  answerEnterForm,
  answerEnterPage,
  answerLeaveForm,
  answerPurchases,
  answerPurchasesForm,
} from './purchases.tsx'

const asking = limitByAddress({ points: 10, seconds: 600 })

/** Nobody's box is filled from many places either. */
const askingFor = limit({ points: 10, seconds: 600 }, async (c) => {
  const { email } = await c.req.parseBody()
  const { config } = c.get('ctx')
  return config.rateLimits && typeof email === 'string'
    ? `${c.req.param('store') ?? ''}/${email.trim().toLowerCase().slice(0, 254)}`
    : undefined
})

/** Apart from asking: those who share a network open their links one after another. */
const opening = limitByAddress({ points: 60, seconds: 600 })

/** The buyer's pages after the payment: the order with its files, and 'my purchases'. */
export const pages: Hono<Env> = new Hono<Env>()
  .get('/:locale{(?:ar|en)}/:store/-/orders/:id', answerOrderPage)
  .get('/:locale{(?:ar|en)}/:store/-/purchases', answerPurchases)
  .post('/:locale{(?:ar|en)}/:store/-/purchases', asking, askingFor, answerPurchasesForm)
  .get('/:locale{(?:ar|en)}/:store/-/purchases/enter', answerEnterPage)
  .post('/:locale{(?:ar|en)}/:store/-/purchases/enter', opening, answerEnterForm)
  .post('/:locale{(?:ar|en)}/:store/-/purchases/leave', answerLeaveForm)
  .onError((error, c) => answerProblemPage(c, error))
