import { defineJob, subscribe, type AnyJob, type Subscription } from '../../platform/jobs/jobs.ts'
import { versionPublished } from '../catalog/index.ts'
import { orderPaid, orderRefunded } from '../checkout/index.ts'
import { announceVersionRef, sendPurchasesLinkRef } from './job-refs.ts'
import { announceVersions } from './operations/announce-version.ts'
import { fulfilOrders } from './operations/fulfil-orders.ts'
import { revokeRefunded } from './operations/revoke-refunded.ts'
import { sendPurchasesLinks } from './operations/send-purchases-links.ts'

const fulfilOrder = defineJob({
  name: 'fulfil-order',
  schema: orderPaid.schema,
  batch: 100,
  handler: fulfilOrders,
})

const revokeRefundedJob = defineJob({
  name: 'revoke-refunded',
  schema: orderRefunded.schema,
  batch: 20,
  handler: revokeRefunded,
})

const sendPurchasesLink = defineJob({ ...sendPurchasesLinkRef, batch: 10, handler: sendPurchasesLinks })

const announceVersion = defineJob({ ...announceVersionRef, handler: announceVersions })

/** The background work of fulfilment. */
export const jobs: readonly AnyJob[] = [fulfilOrder, revokeRefundedJob, sendPurchasesLink, announceVersion]

/** What fulfilment does after a sale, a refund and a new edition. */
export const subscriptions: readonly Subscription[] = [
  subscribe(orderPaid, fulfilOrder),
  subscribe(orderRefunded, revokeRefundedJob),
  { event: versionPublished.name, job: announceVersion.name },
]
