export { api } from './api.ts'
export { jobs } from './jobs.ts'
