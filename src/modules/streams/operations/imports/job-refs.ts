import { z } from 'zod'
import type { JobRef } from '../../../../platform/jobs/jobs.ts'

const one = z.object({ id: z.uuid() })
const reading = one.extend({ reading: z.int() })

/** Reads a file and finds out what would become of each row. `reading` tells it from an older wish. */
export const readImportRef: JobRef<z.infer<typeof reading>> = { name: 'read-stream-import', schema: reading }

/** Posts what is new. */
export const postImportRef: JobRef<z.infer<typeof one>> = { name: 'post-stream-import', schema: one }

/** Takes back what was posted. */
export const undoImportRef: JobRef<z.infer<typeof one>> = { name: 'undo-stream-import', schema: one }
