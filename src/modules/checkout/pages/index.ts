import { Hono } from 'hono'
import type { Env } from '../../../platform/http/env.ts'
import { answerProblemPage } from '../../../storefront/problem-page.tsx'
import { testPages } from '../providers/test/pages.tsx'
import { answerCartPage } from './cart-page.tsx'
import { answerCartForm } from './change-cart.ts'
import { answerCheckoutForm, answerCheckoutPage } from './check-out.tsx'
import { answerRetryForm } from './retry-payment.ts'
import { returnPages } from './return.ts'

/** The pages from the cart to the payment and back, and the test provider's own. */
export const pages: Hono<Env> = new Hono<Env>()
  .get('/:locale{(?:ar|en)}/:store/-/cart', answerCartPage)
  .post('/:locale{(?:ar|en)}/:store/-/cart', answerCartForm)
  .get('/:locale{(?:ar|en)}/:store/-/checkout', answerCheckoutPage)
  .post('/:locale{(?:ar|en)}/:store/-/checkout', answerCheckoutForm)
  .post('/:locale{(?:ar|en)}/:store/-/orders/:id/payments', answerRetryForm)
  .route('/', returnPages)
  .route('/', testPages)
  .onError((error, c) => answerProblemPage(c, error))
