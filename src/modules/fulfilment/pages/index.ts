import { Hono } from 'hono'
import type { Env } from '../../../platform/http/env.ts'
import { limitByAddress } from '../../../platform/http/guard.ts'
import { answerProblemPage } from '../../../storefront/problem-page.tsx'
import { answerOrderPage } from './order-page.tsx'
import {
  answerEnterForm,
  answerEnterPage,
  answerLeaveForm,
  answerPurchases,
  answerPurchasesForm,
} from './purchases.tsx'

const seldom = limitByAddress({ points: 10, seconds: 600 })

/** The buyer's pages after the payment: the order with its files, and 'my purchases'. */
export const pages: Hono<Env> = new Hono<Env>()
  .get('/:locale{(?:ar|en)}/:store/-/orders/:id', answerOrderPage)
  .get('/:locale{(?:ar|en)}/:store/-/purchases', answerPurchases)
  .post('/:locale{(?:ar|en)}/:store/-/purchases', seldom, answerPurchasesForm)
  .get('/:locale{(?:ar|en)}/:store/-/purchases/enter', answerEnterPage)
  .post('/:locale{(?:ar|en)}/:store/-/purchases/enter', seldom, answerEnterForm)
  .post('/:locale{(?:ar|en)}/:store/-/purchases/leave', answerLeaveForm)
  .onError((error, c) => answerProblemPage(c, error))
