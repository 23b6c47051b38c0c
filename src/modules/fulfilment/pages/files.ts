import { pipeline, Readable, Transform } from 'node:stream'
import { Hono } from 'hono'
import { z } from '@hono/zod-openapi'
import type { Ctx } from '../../../platform/ctx.ts'
import { NotFound } from '../../../platform/errors.ts'
import type { Env, HttpContext } from '../../../platform/http/env.ts'
import { idSchema } from '../../../shared/ids.ts'
import { answerProblemPage, rememberStore } from '../../../storefront/problem-page.tsx'
import { getPublicStore, storeFrame, type DeliverableFile } from '../../catalog/index.ts'
import { DownloadsUsedUp, LinkExpired, RightRevoked } from '../errors.ts'
import { giveBackUnsent, redeemDownload, type Redeemed } from '../operations/redeem-download.ts'
import type { DownloadLink } from '../rules/download-link.ts'

const linkParams = z.object({ workspace: idSchema, entitlement: idSchema, file: idSchema })
const linkQuery = z.object({
  link: z.string().max(40),
  expires: z.coerce.number().int(),
  signature: z.string().max(100),
})

/** Where signed links lead: `/files/{workspace}/{entitlement}/{file}?link=…&expires=…&signature=…`. */
export const filePages: Hono<Env> = new Hono<Env>()
  .get('/files/:workspace/:entitlement/:file', async (c) => {
    const { link, signature } = readLink(c)
    const ctx: Ctx = { ...c.get('ctx'), workspaceId: link.workspaceId }
    try {
      const redeemed = await redeemDownload(ctx, {
        link,
        signature,
        head: c.req.method === 'HEAD',
        rangeIfCurrent: (file) => rangeOf(c, file),
      })
      return await sendFile(c, { ctx, link, redeemed })
    } catch (error) {
      if (error instanceof DownloadsUsedUp || error instanceof RightRevoked || error instanceof LinkExpired)
        rememberStore(c, storeFrame(c, await getPublicStore(ctx), ctx.locale))
      throw error
    }
  })
  .onError((error, c) => answerProblemPage(c, error))

function readLink(c: HttpContext): { link: DownloadLink; signature: string } {
  const params = linkParams.safeParse(c.req.param())
  const query = linkQuery.safeParse(c.req.query())
  if (!params.success || !query.success) throw new NotFound()
  const { workspace: workspaceId, entitlement: entitlementId, file: fileId } = params.data
  const { link: linkId, expires: expiresAt, signature } = query.data
  return { link: { workspaceId, entitlementId, fileId, linkId, expiresAt }, signature }
}

/** A range of a file that has changed since would be a part of another: then the whole is sent. */
function rangeOf(c: HttpContext, file: DeliverableFile): string | undefined {
  const ifRange = c.req.header('if-range')
  return ifRange === undefined || ifRange === etagOf(file) ? c.req.header('range') : undefined
}

function etagOf({ sha256 }: DeliverableFile): string | undefined {
  return sha256 === null ? undefined : `"${sha256}"`
}

type Sending = { ctx: Ctx; link: DownloadLink; redeemed: Redeemed }

/** Streams a file or the range that was asked for; it is always saved, never shown, so nothing in it can run here. */
async function sendFile(c: HttpContext, sending: Sending): Promise<Response> {
  const { file, range } = sending.redeemed
  const sizeBytes = Number(file.sizeBytes)
  const etag = etagOf(file)
  const headers: Record<string, string> = {
    'content-type': file.mediaType,
    'content-disposition': `attachment; filename*=UTF-8''${encodeName(file.name)}`,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
    'content-security-policy': "default-src 'none'; sandbox",
    ...(etag === undefined ? {} : { etag }),
  }
  if (range === 'unsatisfiable') {
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${sizeBytes}` },
    })
  }
  const { start, end } = range ?? { start: 0, end: sizeBytes }
  headers['content-length'] = String(end - start)
  if (range !== undefined) headers['content-range'] = `bytes ${start}-${end - 1}/${sizeBytes}`
  const status = range === undefined ? 200 : 206
  if (c.req.method === 'HEAD' || sizeBytes === 0) return new Response(null, { status, headers })
  const stream = Readable.toWeb(await countedStream(sending)) as ReadableStream
  return new Response(stream, { status, headers })
}

/** The bytes that were promised; those that do not go out, because the reader breaks off, are given back. */
async function countedStream({ ctx, link, redeemed }: Sending): Promise<Readable> {
  const { file, range, promisedBytes } = redeemed
  let sentBytes = 0n
  const giveBack = () =>
    giveBackUnsent(ctx, link, promisedBytes - sentBytes).catch((error: unknown) =>
      ctx.log.warn({ err: error, link: link.linkId }, 'a download that broke off counts whole'),
    )
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sentBytes += BigInt(chunk.byteLength)
      done(null, chunk)
    },
  })
  try {
    const stored = await ctx.files.read(file.storageKey, range === 'unsatisfiable' ? undefined : range)
    return pipeline(stored, meter, () => void giveBack())
  } catch (error) {
    await giveBack()
    throw error
  }
}

/** A file name as RFC 8187 writes it. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/gu,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
