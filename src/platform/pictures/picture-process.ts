import { setPriority } from 'node:os'
import { buffer } from 'node:stream/consumers'
import { resizePicture } from './resize-picture.ts'

/**
 * A process of its own for one picture: its bytes come in on standard input; out go a line of JSON, with the length of each
 * size, and then the sizes one after the other. See resize-apart.ts.
 */
const LEAST_URGENT = 10

// Visitors of the shop come first.
setPriority(LEAST_URGENT)
const resized = await resizePicture(await buffer(process.stdin))
if (resized.outcome === 'refused') process.stdout.write(`${JSON.stringify(resized)}\n`)
else {
  const { pictures, ...head } = resized
  const sizes = pictures.map(({ format, width, height, bytes }) => ({
    format,
    width,
    height,
    length: bytes.length,
  }))
  process.stdout.write(`${JSON.stringify({ ...head, pictures: sizes })}\n`)
  for (const { bytes } of pictures) process.stdout.write(bytes)
}
