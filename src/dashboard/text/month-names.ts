export { monthNames } from '../../shared/month-names.ts'
