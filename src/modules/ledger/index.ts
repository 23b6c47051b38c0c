export { api } from './api.ts'
export {
  AlreadyReversed,
  HoldResolved,
  InsufficientFunds,
  OutOfRange,
  PeriodClosed,
  RateMissing,
  toProblem as postOutcomeProblem,
  UnknownAccount,
} from './errors.ts'
export { jobs } from './jobs.ts'
export { closePeriod } from './operations/close-period.ts'
export { exchangeCurrency } from './operations/exchange-currency.ts'
export { expireHold, holdAmount, postHold, voidHold } from './operations/hold-amount.ts'
export { journalQuery, statementQuery } from './api/shapes.ts'
export { findEntries, type JournalEntry } from './operations/list-journal.ts'
export { mustPost, postEntries, postWithCommit } from './operations/post-entries.ts'
export { postEntry, type WithEntry } from './operations/post-entry.ts'
export { listAccounts, type OpenAccount } from './operations/list-accounts.ts'
export type { StatementLine } from './operations/list-statement.ts'
export { pageJournal, pageStatement } from './operations/page-books.ts'
export { nameAccounts, type NamedAccount } from './operations/name-accounts.ts'
export { readClosings, type Closing } from './operations/read-periods.ts'
export { readSealLag } from './operations/read-seal-lag.ts'
export { readRateOf, setRates } from './operations/set-rates.ts'
export { reverseEntries, reverseEntry } from './operations/reverse-entry.ts'
export { sumStreams, type StreamSum } from './operations/sum-streams.ts'
export { searchBooks, type FoundInBooks } from './operations/search-books.ts'
export { verifyBooks } from './operations/verify-books.ts'
export type { RateOf } from './rules/rates.ts'
export type {
  Guard,
  HoldOutcome,
  NewEntry,
  NewExchange,
  NewHold,
  NewPosting,
  NewReversal,
  PostOutcome,
  ResolveOutcome,
  ReverseOutcome,
  Stream,
} from './schema.ts'
