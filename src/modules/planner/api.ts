import { createRouter } from '../../platform/http/env.ts'

/** Plans, projections, assessment and focus; to be mounted at /api/v1. */
export const api = createRouter()
