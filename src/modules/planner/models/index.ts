import { affiliates } from './affiliates.ts'
import { blogOrChannel } from './blog-or-channel.ts'
import { course } from './course.ts'
import { digitalProduct } from './digital-product.ts'
import { dividends } from './dividends.ts'
import { domainLease } from './domain-lease.ts'
import { dropshipping } from './dropshipping.ts'
import { eBook } from './e-book.ts'
import { liquidityPool } from './liquidity-pool.ts'
import { loans } from './loans.ts'
import { microTasks } from './micro-tasks.ts'
import type { StreamModel } from './model.ts'
import { newsletter } from './newsletter.ts'
import { services } from './services.ts'
import { siteLease } from './site-lease.ts'
import { staking } from './staking.ts'

/** Every stream that can be planned, in the order in which they are offered. */
export const STREAM_MODELS: readonly StreamModel[] = [
  digitalProduct,
  eBook,
  course,
  newsletter,
  blogOrChannel,
  affiliates,
  services,
  microTasks,
  siteLease,
  domainLease,
  dropshipping,
  dividends,
  loans,
  staking,
  liquidityPool,
]

/** The model of an id, if there is one. */
export function findModel(id: string): StreamModel | undefined {
  return STREAM_MODELS.find((model) => model.id === id)
}
