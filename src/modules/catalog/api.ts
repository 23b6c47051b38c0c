import type { OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../platform/http/env.ts'
import { contentsApi } from './api/contents.ts'
import { filesApi } from './api/files.ts'
import { productsApi } from './api/products.ts'
import { storeApi } from './api/store.ts'
import { uploadsApi } from './api/uploads.ts'

/** The catalogue under /api/v1. */
export const api: OpenAPIHono<Env> = createRouter()
for (const part of [storeApi(), productsApi(), contentsApi(), filesApi(), uploadsApi()]) api.route('/', part)
