import sharp from 'sharp'
import { expect, test } from 'vitest'
import { renderOpenGraphPicture } from './open-graph.ts'
import { resizePictureApart } from './resize-apart.ts'
import { maxPictureBytes, resizePicture } from './resize-picture.ts'

async function picture(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#d04020' } })
    .withExif({ IFD0: { Copyright: 'a place and a name' } })
    .jpeg()
    .toBuffer()
}

/** Something like a photograph: light, shades, shapes and grain. */
async function photo(width: number, height: number): Promise<Buffer> {
  const circles = Array.from({ length: 40 }, (_, nth) => {
    const [x, y] = [(nth * 379) % width, (nth * 197) % height]
    return `<circle cx="${x}" cy="${y}" r="${20 + nth * 3}" fill="hsl(${nth * 9},60%,50%)" opacity="0.5"/>`
  })
  const light = '<stop offset="0" stop-color="#204060"/><stop offset="1" stop-color="#e0b070"/>'
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>
    <linearGradient id="g" x2="1" y2="1">${light}</linearGradient>
    <filter id="n"><feTurbulence baseFrequency="0.02" numOctaves="5"/></filter></defs>
    <rect width="${width}" height="${height}" fill="url(#g)"/>
    <rect width="${width}" height="${height}" filter="url(#n)" opacity="0.4"/>${circles.join('')}</svg>`
  return sharp(Buffer.from(svg))
    .withExif({ IFD0: { Copyright: 'a place and a name' } })
    .jpeg({ quality: 92 })
    .toBuffer()
}

test('a picture comes in AVIF, WebP and JPEG, narrower and never wider than it was', async () => {
  const resized = await resizePicture(await photo(1_000, 500))
  if (resized.outcome !== 'resized') throw new Error(resized.reason)
  expect(resized.pictures.map(({ format, width, height }) => [format, width, height])).toEqual(
    ['avif', 'webp', 'jpeg'].flatMap((format) => [
      [format, 400, 200],
      [format, 800, 400],
      [format, 1_000, 500],
    ]),
  )
  for (const { bytes, format } of resized.pictures) {
    const { exif, icc, xmp, ...found } = await sharp(bytes).metadata()
    // What sharp calls heif is AVIF by its compression.
    const name = found.format === 'heif' && found.compression === 'av1' ? 'avif' : found.format
    expect([name, exif, icc, xmp]).toEqual([format, undefined, undefined, undefined])
  }
  const weight = (format: string) =>
    resized.pictures.filter((one) => one.format === format).reduce((sum, { bytes }) => sum + bytes.length, 0)
  expect(weight('avif')).toBeLessThan(weight('webp'))
  expect(weight('webp')).toBeLessThan(weight('jpeg'))
})

test('AVIF is left out where WebP is smaller, since browsers would take it nevertheless', async () => {
  const resized = await resizePicture(await picture(300, 300))
  if (resized.outcome !== 'resized') throw new Error(resized.reason)
  const bytesIn = (format: string) => resized.pictures.find((one) => one.format === format)?.bytes.length
  expect([bytesIn('avif'), bytesIn('webp') !== undefined, bytesIn('jpeg') !== undefined]).toEqual([
    undefined,
    true,
    true,
  ])
})

test('in a process of its own it comes to the same, and the memory of this one stays', async () => {
  const original = await photo(2_000, 1_500)
  const apart = await resizePictureApart(original)
  const here = await resizePicture(original)
  if (apart.outcome !== 'resized' || here.outcome !== 'resized') throw new Error('refused')
  expect(apart).toMatchObject({ width: 2_000, height: 1_500 })
  expect(apart.pictures.map(({ bytes, ...one }) => [one, bytes.toString('base64')])).toEqual(
    here.pictures.map(({ bytes, ...one }) => [one, bytes.toString('base64')]),
  )
  const before = process.memoryUsage.rss()
  await Promise.all([1, 2, 3].map(() => resizePictureApart(original)))
  expect(process.memoryUsage.rss() - before).toBeLessThan(40_000_000)
  expect(await resizePictureApart(original.subarray(0, 5_000))).toEqual({
    outcome: 'refused',
    reason: 'damaged',
  })
  expect(await resizePictureApart(Buffer.from('no picture'))).toEqual({
    outcome: 'refused',
    reason: 'not-a-picture',
  })
}, 60_000)

test('a camera held sideways gives an upright picture', async () => {
  const sideways = await sharp(await picture(600, 300))
    .withMetadata({ orientation: 6 })
    .toBuffer()
  const resized = await resizePicture(sideways, [200])
  expect(resized).toMatchObject({ outcome: 'resized', width: 300, height: 600 })
  if (resized.outcome === 'resized') expect(resized.pictures[0]).toMatchObject({ width: 200, height: 400 })
})

test('what is no picture is refused by its bytes', async () => {
  const refused = async (bytes: Uint8Array): Promise<unknown> => resizePicture(bytes)
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  for (const words of ['', 'GIF', svg, '<?php echo 1 ?>', '%PDF-1.7'])
    expect(await refused(Buffer.from(words))).toEqual({ outcome: 'refused', reason: 'not-a-picture' })
})

test('a broken picture is refused', async () => {
  const whole = await picture(800, 800)
  for (const bytes of [whole.subarray(0, whole.length / 2), Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1')])
    expect(await resizePicture(bytes)).toEqual({ outcome: 'refused', reason: 'damaged' })
})

test('a small file that unpacks to hundreds of millions of pixels is refused unopened', async () => {
  const bomb = await sharp({ create: { width: 15_000, height: 15_000, channels: 3, background: '#fff' } })
    .png({ compressionLevel: 9 })
    .toBuffer()
  expect(bomb.length).toBeLessThan(2_000_000)
  const before = process.memoryUsage.rss()
  expect(await resizePicture(bomb)).toEqual({ outcome: 'refused', reason: 'too-large' })
  expect(process.memoryUsage.rss() - before).toBeLessThan(50_000_000)
  const long = Buffer.concat([await picture(10, 10), Buffer.alloc(maxPictureBytes)])
  expect(await resizePicture(long)).toEqual({ outcome: 'refused', reason: 'too-large' })
})

test.each(['ar', 'en'] as const)('the picture of a link has its size and its cover (%s)', async (locale) => {
  const words = { storeName: '#panic("store")', title: 'دليل $x$ Launch', priceText: '149.00', locale }
  const plain = await renderOpenGraphPicture(words)
  const covered = await renderOpenGraphPicture({ ...words, cover: await picture(300, 300) })
  for (const bytes of [plain, covered])
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 1_200, height: 630 })
  // The cover stands where reading ends.
  const [left, top] = locale === 'ar' ? [200, 300] : [1_000, 300]
  const spot = await sharp(covered).extract({ left, top, width: 20, height: 20 }).png().toBuffer()
  const under = await sharp(spot).stats()
  expect(Math.abs((under.channels[0]?.mean ?? 0) - 0xd0)).toBeLessThan(8)
  expect(
    Buffer.compare(plain, await renderOpenGraphPicture({ ...words, cover: Buffer.from('no picture') })),
  ).toBe(0)
})
