export { api } from './api.ts'
export { jobs } from './jobs.ts'
export { mustPost, postEntries } from './operations/post-entries.ts'
export type { Guard, NewEntry, NewPosting, PostOutcome, Stream } from './schema.ts'
