import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Ctx } from '../../../platform/ctx.ts'
import { assert } from '../../../platform/errors.ts'
import { LinkExpired } from '../errors.ts'
import { linkLifetimeSeconds, linkText, type DownloadLink } from '../rules/download-link.ts'

/** Makes a short-lived link to one file of one right; the path is relative to the server. */
export function signDownloadLink(
  ctx: Ctx,
  { entitlementId, fileId, sizeBytes }: { entitlementId: string; fileId: string; sizeBytes: bigint },
): { path: string; expiresAt: Date } {
  const { workspaceId } = ctx
  assert(workspaceId !== undefined, 'a download link belongs to a workspace')
  const expiresAt = Math.floor(ctx.clock.now().getTime() / 1000) + linkLifetimeSeconds(sizeBytes)
  const link = { workspaceId, entitlementId, fileId, linkId: ctx.ids.next(), expiresAt }
  const query = new URLSearchParams({
    link: link.linkId,
    expires: String(expiresAt),
    signature: signatureOf(ctx, link),
  })
  return {
    path: `/files/${workspaceId}/${entitlementId}/${fileId}?${query}`,
    expiresAt: new Date(expiresAt * 1000),
  }
}

/** Accepts a link only as it was signed and while it lives. @throws LinkExpired */
export function verifyDownloadLink(ctx: Ctx, link: DownloadLink, signature: string): void {
  const expected = Buffer.from(signatureOf(ctx, link))
  const given = Buffer.from(signature)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new LinkExpired()
  if (link.expiresAt * 1000 <= ctx.clock.now().getTime()) throw new LinkExpired()
}

function signatureOf(ctx: Ctx, link: DownloadLink): string {
  return createHmac('sha256', ctx.secrets.key('downloads')).update(linkText(link)).digest('base64url')
}
