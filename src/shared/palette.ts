import { contrast, mix, readable, type Hex } from './contrast.ts'

/** The colours that have a name. What each is for is in docs/design.md. */
export type ColourName =
  | 'paper'
  | 'surface'
  | 'sunken'
  | 'ink'
  | 'muted'
  | 'line'
  | 'edge'
  | 'accent'
  | 'accent-strong'
  | 'on-accent'
  | 'accent-soft'
  | 'warm'
  | 'warm-soft'
  | 'good'
  | 'good-soft'
  | 'bad'
  | 'bad-soft'
  | 'mark'

/** A value for each name. */
export type Colours = Readonly<Record<ColourName, Hex>>

/** The same language in the light and in the dark. */
export type Palette = { readonly light: Colours; readonly dark: Colours }

/** The program's own colours: the one source for storefront, dashboard, e-mail, PDF and pictures of links. */
export const palette: Palette = {
  light: {
    paper: '#fafaf7',
    surface: '#ffffff',
    sunken: '#f1f3ee',
    ink: '#14211f',
    muted: '#53625e',
    line: '#dde2dc',
    edge: '#7f8d88',
    accent: '#0b5a54',
    'accent-strong': '#07423e',
    'on-accent': '#ffffff',
    'accent-soft': '#e2efeb',
    warm: '#6a4600',
    'warm-soft': '#fbf0d6',
    good: '#17603a',
    'good-soft': '#e2f1e6',
    bad: '#9c241d',
    'bad-soft': '#fbe9e6',
    mark: '#ffe7a3',
  },
  dark: {
    paper: '#0f1514',
    surface: '#171f1d',
    sunken: '#0a0f0e',
    ink: '#e8eeeb',
    muted: '#a2b0ab',
    line: '#2a3532',
    edge: '#71807b',
    accent: '#64cbbb',
    'accent-strong': '#8adccf',
    'on-accent': '#05201c',
    'accent-soft': '#14302b',
    warm: '#f2cf85',
    'warm-soft': '#2f2510',
    good: '#7fd6a1',
    'good-soft': '#12301f',
    bad: '#ff9d93',
    'bad-soft': '#391916',
    mark: '#5c4a12',
  },
}

/** The storefront's themes. */
export const themes = ['calm', 'gallery', 'folio'] as const

/** See themes. */
export type Theme = (typeof themes)[number]

const differences: Readonly<Record<Theme, { light: Partial<Colours>; dark: Partial<Colours> }>> = {
  calm: { light: {}, dark: {} },
  gallery: {
    light: {
      paper: '#ffffff',
      sunken: '#f2f2f2',
      ink: '#111111',
      muted: '#565656',
      line: '#e2e2e2',
      edge: '#858585',
      accent: '#1c1c1c',
      'accent-strong': '#444444',
      'accent-soft': '#ededed',
    },
    dark: {
      paper: '#0b0b0b',
      surface: '#151515',
      sunken: '#050505',
      ink: '#f3f3f3',
      muted: '#adadad',
      line: '#2b2b2b',
      edge: '#7a7a7a',
      accent: '#f3f3f3',
      'accent-strong': '#cfcfcf',
      'on-accent': '#111111',
      'accent-soft': '#262626',
    },
  },
  folio: {
    light: {
      paper: '#fbf6ec',
      surface: '#fffdf8',
      sunken: '#f4ecdc',
      ink: '#2a2018',
      muted: '#68584a',
      line: '#e3d7c2',
      edge: '#938269',
      accent: '#8a2f1d',
      'accent-strong': '#672113',
      'accent-soft': '#f6e5d8',
    },
    dark: {
      paper: '#17130f',
      surface: '#201a15',
      sunken: '#0f0c09',
      ink: '#f1e8da',
      muted: '#b8a998',
      line: '#382e25',
      edge: '#85765f',
      accent: '#f0a58a',
      'accent-strong': '#f7c1ad',
      'on-accent': '#2b0f07',
      'accent-soft': '#3a2219',
    },
  },
}

/** A theme's colours. */
export function paletteOf(theme: Theme): Palette {
  const { light, dark } = differences[theme]
  return { light: { ...palette.light, ...light }, dark: { ...palette.dark, ...dark } }
}

/** The colours that follow from the one that a seller chose. */
export type AccentColours = Pick<Colours, 'accent' | 'accent-strong' | 'on-accent' | 'accent-soft'>

/**
 * A seller's colour, fitted to a theme: where it could not be read on the theme's grounds, the nearest that can stands in its
 * place, darker in the light and lighter in the dark.
 */
export function accentOf(chosen: Hex, theme: Theme): { light: AccentColours; dark: AccentColours } {
  const { light, dark } = paletteOf(theme)
  return { light: fitted(chosen, light, '#000000'), dark: fitted(chosen, dark, '#ffffff') }
}

function fitted(chosen: Hex, colours: Colours, towards: Hex): AccentColours {
  const soft = mix(colours.surface, chosen, 0.1)
  const accent = readable(chosen, [colours.paper, colours.surface, colours.sunken, soft], towards)
  const strong = mix(accent, towards, 0.25)
  const on = contrast('#ffffff', accent) >= 4.5 ? '#ffffff' : '#0b0b0b'
  return { accent, 'accent-strong': strong, 'on-accent': on, 'accent-soft': soft }
}

/** Colours as declarations of CSS variables. */
export function declarations(colours: Partial<Colours>): string {
  return Object.entries(colours)
    .map(([name, hex]) => `--${name}:${hex}`)
    .join(';')
}

/** A palette as declarations, with the shadow that belongs to its light. */
export function lightAndDark({ light, dark }: Palette): { light: string; dark: string } {
  const shadow = { light: '20 33 31 / 6%|20 33 31 / 18%', dark: '0 0 0 / 40%|0 0 0 / 70%' }
  const cast = (of: string) => {
    const [near = '', far = ''] = of.split('|')
    return `--shadow:0 1px 2px rgb(${near}),0 8px 24px -12px rgb(${far})`
  }
  return {
    light: `${declarations(light)};${cast(shadow.light)}`,
    dark: `${declarations(dark)};${cast(shadow.dark)}`,
  }
}

/** The rules that give a page declarations by what the reader's system is set to. */
export function bySystem({ light, dark }: { light: string; dark: string }): string {
  return `:root{${light}}@media (prefers-color-scheme: dark){:root{${dark}}}`
}
