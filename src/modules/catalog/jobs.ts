import type { AnyJob } from '../../platform/jobs/jobs.ts'
import { hashFileJob } from './operations/hash-file.ts'
import { resizeCoverJob, resizePictureJob } from './operations/resize-picture.ts'
import { sweepFilesJob } from './operations/sweep-files.ts'

/** The catalogue's background work. */
export const jobs: readonly AnyJob[] = [hashFileJob, resizePictureJob, resizeCoverJob, sweepFilesJob]
