export { createApi, filePages } from './api.ts'
export { jobs, subscriptions } from './jobs.ts'
export { listOrderRights } from './operations/list-order-rights.ts'
export { pages } from './pages/index.ts'
