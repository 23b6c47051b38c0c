import { z } from 'zod'
import { defineEvent } from '../../platform/jobs/jobs.ts'

/** A new edition of a product's files is out; those who bought the product get it. */
export const versionPublished = defineEvent(
  'version.published',
  z.object({ productId: z.uuid(), versionId: z.uuid(), number: z.number().int() }),
)
