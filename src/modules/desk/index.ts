export { api } from './api.ts'
export { personal } from './personal.ts'
