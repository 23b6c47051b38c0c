import type { Profile } from '../types.ts'
import { affiliates } from './affiliates.ts'
import { channel } from './channel.ts'
import { course } from './course.ts'
import { digitalProduct } from './digital-product.ts'
import { dividends } from './dividends.ts'
import { domainLease } from './domain-lease.ts'
import { dropshipping } from './dropshipping.ts'
import { eBook } from './e-book.ts'
import { liquidityPool } from './liquidity-pool.ts'
import { microTasks } from './micro-tasks.ts'
import { newsletter } from './newsletter.ts'
import { p2pLoans } from './p2p-loans.ts'
import { services } from './services.ts'
import { siteLease } from './site-lease.ts'
import { staking } from './staking.ts'

/** The streams that the assessment weighs; between equals the earlier one stands first. */
export const PROFILES: readonly Profile[] = [
  services,
  digitalProduct,
  eBook,
  course,
  newsletter,
  siteLease,
  channel,
  affiliates,
  microTasks,
  dividends,
  dropshipping,
  domainLease,
  p2pLoans,
  staking,
  liquidityPool,
]
