export { apiFor, describeMessages } from './api.ts'
export { jobsFor, subscriptionsFor } from './jobs.ts'
export { listEndpoints } from './operations/list-endpoints.ts'
export { personal } from './personal.ts'
