import type { Locale } from '../../shared/locale.ts'
import { openGraphTemplate } from './open-graph-template.ts'
import { pictureFormat } from './picture-format.ts'
import { withSharp } from './sharp.ts'
import { userText } from '../pdf/text.ts'
import { typesetSvg } from '../pdf/typst.ts'

/** What the picture of a shared link says. `priceText` is the price as people read it, empty for none. */
export type OpenGraphPicture = {
  storeName: string
  title: string
  priceText: string
  locale: Locale
  /** A picture to show beside the words; left out if it is none or cannot be read. */
  cover?: Uint8Array
}

const width = 1_200
const height = 630
const coverWidth = 480
const maxCoverPixels = 50_000_000
const maxTitle = 160
const maxStoreName = { alone: 64, besideCover: 34 } as const

/**
 * The picture that networks show for a link, a JPEG of 1200 × 630 pixels with shaped Arabic. The same input gives the same
 * bytes: keep it under a hash of the input.
 */
export async function renderOpenGraphPicture(picture: OpenGraphPicture): Promise<Buffer> {
  const cover = picture.cover === undefined ? undefined : await fitCover(picture.cover)
  const svg = await typesetSvg({
    source: openGraphTemplate,
    data: {
      lang: picture.locale,
      store: userText(
        shortened(picture.storeName, maxStoreName[cover === undefined ? 'alone' : 'besideCover']),
      ),
      title: userText(shortened(picture.title, maxTitle)),
      price: userText(picture.priceText),
      cover: cover !== undefined,
    },
  })
  return withSharp(async (sharp) => {
    const words = sharp(Buffer.from(svg)).resize({ width, height, fit: 'fill' })
    const left = picture.locale === 'ar' ? 0 : width - coverWidth
    const laid = cover === undefined ? words : words.composite([{ input: cover, left, top: 0 }])
    return laid.flatten().jpeg({ quality: 86, chromaSubsampling: '4:4:4', mozjpeg: true }).toBuffer()
  })
}

async function fitCover(cover: Uint8Array): Promise<Buffer | undefined> {
  if (pictureFormat(cover) === undefined) return undefined
  return withSharp(async (sharp) => {
    try {
      const opened = sharp(cover, { limitInputPixels: maxCoverPixels }).autoOrient()
      return await opened.resize({ width: coverWidth, height, fit: 'cover' }).png().toBuffer()
    } catch {
      return undefined
    }
  })
}

const graphemes = new Intl.Segmenter('ar', { granularity: 'grapheme' })

function shortened(text: string, max: number): string {
  const letters = Array.from(graphemes.segment(text), ({ segment }) => segment)
  if (letters.length <= max) return text
  return `${letters.slice(0, max - 1).join('')}…`
}
