import type { JobDefinition } from '../../platform/jobs/jobs.ts'

/** The ledger's jobs. */
export const jobs: JobDefinition<never>[] = []
