import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../platform/project-root.ts'
import type { Hex } from '../shared/contrast.ts'
import type { Face } from '../shared/look.ts'
import {
  accentOf,
  bySystem,
  declarations,
  lightAndDark,
  paletteOf,
  themes,
  type Theme,
} from '../shared/palette.ts'
import { fontSlices, type FontSlice } from './font-slices.ts'

/** The two sides of a theme. */
export const sides = ['light', 'dark'] as const

/** See sides. */
export type Side = (typeof sides)[number]

const folder = join(projectRoot, 'src/storefront/assets')

/** A file among the storefront's assets, as text. */
export function readAsset(name: string): string {
  return readFileSync(join(folder, name), 'utf8')
}

/** The bytes of a file of letters. */
export function readLetters(name: string): Buffer {
  return readFileSync(join(folder, 'fonts', name))
}

const common = minify(readAsset('site.css'))
const tokens = minify(readAsset('tokens.css'))
const own = Object.fromEntries(themes.map((theme) => [theme, minify(readAsset(`theme-${theme}.css`))]))

/** All rules of a page in a theme and typeface; `urlOf` says where a file of letters is. */
export function styleSheet(theme: Theme, face: Face, urlOf: (slice: FontSlice) => string): string {
  const letters = fontSlices.map((slice) => fontFace(slice, urlOf(slice))).join('')
  const typeface = face === 'sans' ? '' : minify(readAsset(`face-${face}.css`))
  const colours = bySystem(lightAndDark(paletteOf(theme)))
  return letters + tokens + colours + common + (own[theme] ?? '') + typeface
}

/** The rules that give a page one side of a theme's colours, whatever the reader's system is set to. */
export function sideSheet(theme: Theme, side: Side): string {
  return `:root{color-scheme:${side};${lightAndDark(paletteOf(theme))[side]}}`
}

/** The rules that put a seller's colour in the place of the theme's own. */
export function accentSheet(theme: Theme, accent: Hex): string {
  const { light, dark } = accentOf(accent, theme)
  return bySystem({ light: declarations(light), dark: declarations(dark) })
}

function fontFace({ ranges }: FontSlice, url: string): string {
  const hex = (point: number) => point.toString(16)
  const covered = ranges.map(([first, last]) => `U+${hex(first)}${first === last ? '' : `-${hex(last)}`}`)
  return `@font-face{font-family:'Rafid';src:url(${url}) format('woff2');font-display:swap;unicode-range:${covered.join()}}`
}

/** Takes comments and needless blanks out; strings in this program's style sheets hold neither. */
function minify(source: string): string {
  return source
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/: /g, ':')
    .replaceAll(';}', '}')
    .trim()
}
