import { Readable } from 'node:stream'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeShop, type Shop } from '../../../test/support/shop.ts'
import { systemCtx } from '../../platform/ctx.ts'
import { addPicture, createVersion, getFile, receiveFile, removePicture } from './index.ts'
import { sweepFiles } from './operations/sweep-files.ts'

const DAY_MS = 24 * 3_600_000
// Ahead of the disk's own clock, by which files are old.
const clock = standingClock(new Date().toISOString())
let services: TestServices
let shop: Shop

beforeAll(async () => {
  services = await testServices({ clock })
  shop = await makeShop(services)
})

async function uploaded(name: string): Promise<string> {
  const bytes = await sharp({ create: { width: 20, height: 20, channels: 3, background: '#246' } })
    .png()
    .toBuffer()
  return (await receiveFile(shop.ctx, { name, body: Readable.from([bytes]) })).id
}

test('pictures that nobody shows any more, and those drawn for links long ago, go after a month', async () => {
  const productId = await shop.product()
  const [removed, shown, sold, document] = [
    await uploaded('removed.png'),
    await uploaded('shown.png'),
    await uploaded('sold.png'),
    (
      await receiveFile(shop.ctx, {
        name: 'idle.pdf',
        body: Readable.from([Buffer.from('%PDF-1.7\n%%EOF\n')]),
      })
    ).id,
  ]
  const { pictures } = await addPicture(shop.ctx, productId, { fileId: removed })
  await addPicture(shop.ctx, productId, { fileId: shown })
  await removePicture(shop.ctx, productId, pictures[0]?.id ?? '')
  await createVersion(shop.ctx, productId, { fileIds: [sold] })
  const drawn = `${shop.workspaceId}/open-graph/0123456789abcdef0123`
  await services.files.put(drawn, Buffer.from('jpeg'), 'image/jpeg')
  const there = async (id: string) =>
    getFile(shop.ctx, id).then(
      () => true,
      () => false,
    )

  clock.advance(29 * DAY_MS)
  await sweepFiles(systemCtx(services))
  expect(await there(removed)).toBe(true)
  expect(await services.files.size(drawn)).toBe(4)

  clock.advance(2 * DAY_MS)
  await sweepFiles(systemCtx(services))
  expect(await services.files.size(drawn)).toBeUndefined()
  expect([await there(removed), await there(shown), await there(sold), await there(document)]).toEqual([
    false,
    true,
    true,
    true,
  ])
  expect(await services.files.size(`${shop.workspaceId}/files/${removed}`)).toBeUndefined()
  expect(await services.files.size(`${shop.workspaceId}/files/${shown}`)).toBeGreaterThan(0)
})
