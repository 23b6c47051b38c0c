import type { Announcement } from '../../../platform/announcement.ts'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { audit } from '../../workspaces/index.ts'
import { EndpointStopped, UnknownEventType } from '../errors.ts'
import { TEST_TYPE } from '../rules/test-type.ts'
import type { DeliverySummary, TestEvent } from '../schema.ts'
import { writeBody, writeDeliveries, writeMessages } from './fan-out.ts'
import { findDeliveryOf } from './list-deliveries.ts'
import { mustLockEndpoint } from './lock-endpoint.ts'
import { wakeEndpoint } from './wake-endpoint.ts'

/**
 * Sends an endpoint an event that did not happen, marked as such, whatever types it is told of otherwise.
 * @throws NotFound, EndpointStopped, UnknownEventType
 */
export async function sendTestEvent(
  ctx: Ctx,
  { endpointId, type = TEST_TYPE }: TestEvent & { endpointId: string },
  announcements: readonly Announcement[],
): Promise<DeliverySummary> {
  authorise(ctx, 'webhooks:write')
  const example = announcements.find((one) => one.type === type)?.example
  if (example === undefined && type !== TEST_TYPE) throw new UnknownEventType('/type')
  return transaction(ctx, async (tx) => {
    const endpoint = await mustLockEndpoint(tx, endpointId)
    if (endpoint.state !== 'on') throw new EndpointStopped()
    const now = ctx.clock.now()
    const id = ctx.ids.next()
    const data = example ?? { endpointId }
    await writeMessages(tx, [
      { id, type, body: writeBody({ type, at: now.toISOString(), data, test: true }) },
    ])
    await writeDeliveries(tx, endpointId, [id])
    await wakeEndpoint(tx, endpoint, { at: now })
    await audit(tx, {
      action: 'webhook-endpoint.test',
      subjectKind: 'webhook-endpoint',
      subjectId: endpointId,
      after: { type },
    })
    return findDeliveryOf(tx, id)
  })
}
