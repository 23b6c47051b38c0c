import type { OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../platform/http/env.ts'
import { accountsApi } from './api/accounts.ts'
import { booksApi } from './api/books.ts'
import { holdsApi } from './api/holds.ts'
import { journalApi } from './api/journal.ts'
import { reportsApi } from './api/reports.ts'

/** The ledger under /api/v1/ledger. */
export const api: OpenAPIHono<Env> = createRouter()
for (const part of [accountsApi(), journalApi(), holdsApi(), reportsApi(), booksApi()]) api.route('/', part)
