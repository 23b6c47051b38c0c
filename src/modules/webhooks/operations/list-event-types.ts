import type { Announcement } from '../../../platform/announcement.ts'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { EventType } from '../schema.ts'

/** What an endpoint can be told of, each with an example of its data. */
export function listEventTypes(ctx: Ctx, announcements: readonly Announcement[]): EventType[] {
  authorise(ctx, 'webhooks:read')
  return announcements.map(({ type, summary, example }) => ({ type, summary, example }))
}
