import type { OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../platform/http/env.ts'
import { assessmentApi } from './api/assessment.ts'
import { focusApi } from './api/focus.ts'
import { milestonesApi } from './api/milestones.ts'
import { plansApi } from './api/plans.ts'
import { projectionsApi } from './api/projections.ts'

/** Plans, projections, assessment and focus; to be mounted at /api/v1. */
export const api: OpenAPIHono<Env> = createRouter()
for (const part of [plansApi(), projectionsApi(), assessmentApi(), focusApi(), milestonesApi()])
  api.route('/', part)
