import type { Announcement } from '../../../platform/announcement.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { faultOfUrl } from '../../../platform/http-out/fence.ts'
import { UnknownEventType, UrlRefused } from '../errors.ts'

/** Refuses what nothing could ever be sent to, or of. The addresses behind a name are judged whenever it is sent to. */
export function checkEndpoint(
  ctx: Ctx,
  { url, eventTypes }: { url?: string | undefined; eventTypes?: readonly string[] | null | undefined },
  announcements: readonly Announcement[],
): void {
  const fault = url === undefined ? undefined : faultOfUrl(url, ctx.config.outgoing)
  if (fault !== undefined) throw new UrlRefused(`problems.field.url-${fault}`)
  const unknown = (eventTypes ?? []).findIndex((type) => !announcements.some((one) => one.type === type))
  if (unknown !== -1) throw new UnknownEventType(`/eventTypes/${unknown}`)
}
