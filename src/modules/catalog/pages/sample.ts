import { Readable } from 'node:stream'
import { NotFound } from '../../../platform/errors.ts'
import type { HttpContext } from '../../../platform/http/env.ts'
import { isId } from '../../../shared/ids.ts'
import { getSample } from '../operations/get-sample.ts'

/** Serves a product's sample to anybody: always saved, never shown, so nothing in it can run here. */
export async function answerSample(c: HttpContext): Promise<Response> {
  const { workspace = '', product = '' } = c.req.param() as Record<string, string | undefined>
  if (!isId(workspace) || !isId(product)) throw new NotFound()
  const ctx = { ...c.get('ctx'), workspaceId: workspace }
  const sample = await getSample(ctx, product)
  if (sample === undefined) throw new NotFound()
  const name = encodeURIComponent(sample.name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16)}`,
  )
  return c.body(Readable.toWeb(await ctx.files.read(sample.storageKey)) as ReadableStream, 200, {
    'content-type': 'application/octet-stream',
    'content-length': String(sample.sizeBytes),
    'content-disposition': `attachment; filename*=UTF-8''${name}`,
    'cache-control': 'public, max-age=300',
    'content-security-policy': "default-src 'none'; sandbox",
  })
}
