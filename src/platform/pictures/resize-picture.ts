import type { Sharp } from 'sharp'
import { pictureFormat } from './picture-format.ts'
import { withSharp } from './sharp.ts'

/** The formats that pages offer, the smallest first; browsers take the first that they know. */
export const sizedFormats = ['avif', 'webp', 'jpeg'] as const

/** See sizedFormats. */
export type SizedFormat = (typeof sizedFormats)[number]

/** One size of a picture, without metadata, upright, in sRGB. */
export type SizedPicture = {
  format: SizedFormat
  width: number
  height: number
  bytes: Buffer
}

/**
 * A picture in its sizes, in the order of sizedFormats and narrow before wide; or why it was refused: what it is not (`not-a-picture`,
 * by its first bytes), what it would take (`too-large`, in bytes or unpacked), or that it cannot be read (`damaged`).
 */
export type ResizedPicture =
  | { outcome: 'resized'; width: number; height: number; pictures: readonly SizedPicture[] }
  | { outcome: 'refused'; reason: 'not-a-picture' | 'too-large' | 'damaged' }

/** The widths in pixels that pictures of products are kept in; a picture is never enlarged. */
export const pictureWidths = [400, 800, 1_600] as const

/** What is taken from a person at most: bytes of the file, and pixels once unpacked. */
export const maxPictureBytes = 30 * 1024 * 1024
const maxPixels = 50_000_000

// More effort makes AVIF a twentieth smaller, and takes four seconds for a wide picture where this takes three quarters of one.
const avif = { quality: 50, effort: 3 } as const
const webp = { quality: 80, effort: 4 } as const
const jpeg = { quality: 80, mozjpeg: true } as const

/** Makes a picture's sizes for the web. Animations keep their first frame; transparency turns white in JPEG. */
export async function resizePicture(
  original: Uint8Array,
  widths: readonly number[] = pictureWidths,
): Promise<ResizedPicture> {
  if (pictureFormat(original) === undefined) return { outcome: 'refused', reason: 'not-a-picture' }
  if (original.byteLength > maxPictureBytes) return { outcome: 'refused', reason: 'too-large' }
  return withSharp(async (sharp) => {
    const open = (): Sharp => sharp(original, { limitInputPixels: false, failOn: 'error' })
    const size = await sizeOf(open())
    if (size === undefined) return { outcome: 'refused', reason: 'damaged' }
    // Asked of the header, before anything is unpacked.
    if (size.width * size.height > maxPixels) return { outcome: 'refused', reason: 'too-large' }
    try {
      const pictures = await sized(open(), fitting(size.width, widths))
      return { outcome: 'resized', ...size, pictures }
    } catch {
      return { outcome: 'refused', reason: 'damaged' }
    }
  })
}

async function sizeOf(picture: Sharp): Promise<{ width: number; height: number } | undefined> {
  try {
    const { autoOrient } = await picture.metadata()
    return { width: autoOrient.width, height: autoOrient.height }
  } catch {
    return undefined
  }
}

/** The widths below the picture's own, and its own if it is narrower than the widest. */
function fitting(own: number, widths: readonly number[]): number[] {
  const ordered = widths.toSorted((left, right) => left - right)
  const smaller = ordered.filter((width) => width < own)
  return smaller.length === ordered.length ? smaller : [...smaller, own]
}

async function sized(picture: Sharp, widths: readonly number[]): Promise<SizedPicture[]> {
  const upright = picture.autoOrient()
  const pictures: SizedPicture[] = []
  for (const width of widths) {
    const narrowed = upright.clone().resize({ width, withoutEnlargement: true })
    for (const format of sizedFormats) pictures.push(await encoded(narrowed.clone(), format))
  }
  const place = ({ format }: SizedPicture) => sizedFormats.indexOf(format)
  return withoutVainAvif(pictures).toSorted(
    (left, right) => place(left) - place(right) || left.width - right.width,
  )
}

/** Drawings of few colours may be smaller in WebP; browsers would take AVIF nevertheless, since it is named first. */
function withoutVainAvif(pictures: readonly SizedPicture[]): readonly SizedPicture[] {
  const bytesIn = (format: SizedFormat) =>
    pictures.reduce((sum, one) => sum + (one.format === format ? one.bytes.byteLength : 0), 0)
  return bytesIn('avif') < bytesIn('webp') ? pictures : pictures.filter(({ format }) => format !== 'avif')
}

async function encoded(picture: Sharp, format: SizedFormat): Promise<SizedPicture> {
  const { data, info } = await inFormat(picture, format).toBuffer({ resolveWithObject: true })
  return { format, width: info.width, height: info.height, bytes: data }
}

function inFormat(picture: Sharp, format: SizedFormat): Sharp {
  switch (format) {
    case 'avif':
      return picture.avif(avif)
    case 'webp':
      return picture.webp(webp)
    case 'jpeg':
      return picture.flatten({ background: '#fff' }).jpeg(jpeg)
  }
}
