import type { OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../platform/http/env.ts'
import { concentrationApi } from './api/concentration.ts'
import { coverageApi } from './api/coverage.ts'
import { figuresApi } from './api/figures.ts'
import { hoursApi } from './api/hours.ts'
import { importsApi } from './api/imports.ts'
import { moneyApi } from './api/money.ts'
import { purchasingPowerApi } from './api/purchasing-power.ts'
import { streamsApi } from './api/streams.ts'

/** Streams of income; to be mounted at /api/v1. */
export const api: OpenAPIHono<Env> = createRouter()
for (const part of [
  streamsApi(),
  figuresApi(),
  moneyApi(),
  hoursApi(),
  importsApi(),
  coverageApi(),
  purchasingPowerApi(),
  concentrationApi(),
])
  api.route('/', part)
