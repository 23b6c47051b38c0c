import { createRouter } from '../../platform/http/env.ts'

/** The ledger's routes. */
export const api = createRouter()
