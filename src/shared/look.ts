import { isHex, type Hex } from './contrast.ts'
import { themes, type Theme } from './palette.ts'

/** The typefaces that a store may choose. Each covers Arabic and Latin. */
export const faces = ['sans', 'naskh', 'round'] as const

/** See faces. */
export type Face = (typeof faces)[number]

/** How a store looks: its layout and grounds, its letters, and its own colour where it has one. */
export type Look = { theme: Theme; face: Face; accent: Hex | null }

/** The look of a store that chose none, and of the server's own pages. */
export const plainLook: Look = { theme: 'calm', face: 'sans', accent: null }

/** A look as it is kept in one word, `theme-face` or `theme-face-rrggbb`; what is no look is the plain one. */
export function readLook(word: string): Look {
  const [theme, face, accent] = word.split('-')
  const hex = `#${accent ?? ''}`
  return {
    theme: themes.find((one) => one === theme) ?? plainLook.theme,
    face: faces.find((one) => one === face) ?? plainLook.face,
    accent: isHex(hex) ? hex : null,
  }
}

/** See readLook. */
export function writeLook({ theme, face, accent }: Look): string {
  return accent === null ? `${theme}-${face}` : `${theme}-${face}-${accent.slice(1)}`
}
