import type { OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../platform/http/env.ts'
import { buyerApi } from './api/buyer.ts'
import { cartsApi } from './api/carts.ts'
import { customersApi } from './api/customers.ts'
import { sellerApi } from './api/seller.ts'
import { webhooksApi } from './api/webhooks.ts'
import { testProviderApi } from './providers/test/api.ts'

/** Carts, orders, payments, refunds and documents; to be mounted at /api/v1. */
export const api: OpenAPIHono<Env> = createRouter()
  .route('/', cartsApi())
  .route('/', buyerApi())
  .route('/', sellerApi())
  .route('/', customersApi())
  .route('/', webhooksApi())
  .route('/', testProviderApi())
