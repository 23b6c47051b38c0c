import type { NewStream } from '../../api/streams.ts'

/** Kinds that a person can add, the commonest first; products of the store are there by themselves. */
export const addedKinds: readonly NewStream['kind'][] = [
  'service',
  'platform',
  'micro-tasks',
  'channel',
  'affiliate',
  'store',
  'dropshipping',
  'dividends',
  'p2p-loans',
  'staking',
  'domain-lease',
  'site-lease',
  'salary',
  'other',
]
