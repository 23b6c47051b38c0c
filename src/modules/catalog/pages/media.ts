import { Readable } from 'node:stream'
import { NotFound } from '../../../platform/errors.ts'
import type { HttpContext } from '../../../platform/http/env.ts'
import { renditionKey } from '../operations/resize-picture.ts'

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const NAME = /^[1-9]\d{1,4}\.(webp|jpeg|avif)$/

/**
 * Serves one size of a product's picture: /media/{workspace}/{picture}/{width}.{format}. Only sizes that were made are
 * there, never the original; one never changes, so browsers keep it for good.
 */
export async function answerPicture(c: HttpContext): Promise<Response> {
  const { workspace = '', picture = '', name = '' } = c.req.param() as Record<string, string | undefined>
  const format = NAME.exec(name)?.[1]
  if (!ID.test(workspace) || !ID.test(picture) || format === undefined) throw new NotFound()
  const { files } = c.get('ctx')
  const key = renditionKey(workspace, picture, name)
  const size = await files.size(key)
  if (size === undefined) throw new NotFound()
  return c.body(Readable.toWeb(await files.read(key)) as ReadableStream, 200, {
    'content-type': `image/${format}`,
    'content-length': String(size),
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  })
}
