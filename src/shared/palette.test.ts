import { describe, expect, test } from 'vitest'
import { contrast, isHex, mix, readable, type Hex } from './contrast.ts'
import { plainLook, readLook, writeLook } from './look.ts'
import { accentOf, paletteOf, themes, type ColourName, type Colours } from './palette.ts'

const grounds: ColourName[] = ['paper', 'surface', 'sunken']
const pairs: [ColourName, ColourName][] = [
  ...grounds.flatMap((ground) =>
    (['ink', 'muted', 'accent', 'bad'] as const).map((ink): [ColourName, ColourName] => [ink, ground]),
  ),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['ink', 'accent-soft'],
  ['accent', 'accent-soft'],
  ['warm', 'warm-soft'],
  ['good', 'good-soft'],
  ['bad', 'bad-soft'],
  ['ink', 'mark'],
]

function poor(colours: Colours): string[] {
  const faint = pairs
    .filter(([ink, ground]) => contrast(colours[ink], colours[ground]) < 4.5)
    .map(([ink, ground]) => `${ink} on ${ground}: ${contrast(colours[ink], colours[ground]).toFixed(2)}`)
  const edges = (['paper', 'surface'] as const)
    .filter((ground) => contrast(colours.edge, colours[ground]) < 3)
    .map((ground) => `edge on ${ground}`)
  return [...faint, ...edges]
}

describe.each(themes)('the theme %s', (theme) => {
  test.each(['light', 'dark'] as const)('can be read in the %s', (light) => {
    expect(poor(paletteOf(theme)[light])).toEqual([])
  })

  const chosen: Hex[] = [
    '#ffffff',
    '#000000',
    '#ffd400',
    '#00ff00',
    '#ff69b4',
    '#0b5a54',
    '#7f7f7f',
    '#123456',
  ]
  test.each(chosen)('can be read with %s as the seller’s colour', (hex) => {
    const own = paletteOf(theme)
    const { light, dark } = accentOf(hex, theme)
    expect(poor({ ...own.light, ...light })).toEqual([])
    expect(poor({ ...own.dark, ...dark })).toEqual([])
  })
})

describe('a seller’s colour', () => {
  test('stays as it was chosen where it can be read', () => {
    expect(accentOf('#0b5a54', 'calm').light.accent).toBe('#0b5a54')
  })

  test('is moved no further than it must be', () => {
    const { accent } = accentOf('#ffd400', 'calm').light
    expect(accent).not.toBe('#ffd400')
    const hair = mix(accent, '#ffd400', 0.04)
    expect(contrast(hair, '#f1f3ee')).toBeLessThan(4.5)
  })
})

test('contrast is that of the standard', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  expect(readable('#ffffff', ['#ffffff'], '#000000')).toSatisfy((hex: Hex) => contrast(hex, '#ffffff') >= 4.5)
})

test('a look is read as it was written, and nonsense is the plain one', () => {
  const look = { theme: 'folio', face: 'naskh', accent: '#123abc' } as const
  expect(readLook(writeLook(look))).toEqual(look)
  expect(readLook(writeLook(plainLook))).toEqual(plainLook)
  expect(readLook('x-y-</style>')).toEqual(plainLook)
  expect([isHex('#12345G'), isHex('#123'), isHex('#12ab9f')]).toEqual([false, false, true])
})
