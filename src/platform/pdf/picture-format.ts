/** The format of a picture by its first bytes, as a file ending that Typst knows; undefined for anything else. */
export function pictureFormat(bytes: Uint8Array): 'png' | 'jpg' | 'webp' | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (head.startsWith('\xff\xd8\xff')) return 'jpg'
  if (head.startsWith('RIFF') && head.slice(8) === 'WEBP') return 'webp'
  return undefined
}
