export { apiFor, describeMessages } from './api.ts'
export { jobsFor, subscriptionsFor } from './jobs.ts'
export { personal } from './personal.ts'
