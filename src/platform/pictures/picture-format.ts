/** The formats of pictures that are taken from people. SVG is not one of them: it can hold scripts. */
export type PictureFormat = 'png' | 'jpg' | 'webp' | 'gif' | 'avif'

/** The format of a picture by its first bytes, whatever its name says; undefined for anything else. */
export function pictureFormat(bytes: Uint8Array): PictureFormat | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (head.startsWith('\xff\xd8\xff')) return 'jpg'
  if (head.startsWith('RIFF') && head.slice(8) === 'WEBP') return 'webp'
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif'
  if (head.slice(4) === 'ftypavif') return 'avif'
  return undefined
}
