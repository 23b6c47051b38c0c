import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { bySystem, lightAndDark, palette } from '../shared/palette.ts'
import { fontSlices } from '../storefront/font-slices.ts'
import { areas, textsOf } from './text/areas.ts'

const here = import.meta.dirname
const assets = join(here, '../storefront/assets')

/**
 * The storefront's tokens and typeface, from the same files. The dashboard also lets a person choose the theme, so the
 * dark values, which the storefront has under a media query only, are given to `[data-theme]` as well.
 */
function sharedLook(): Plugin {
  const name = 'virtual:look.css'
  return {
    name: 'shared-look',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined
      const path = join(assets, 'tokens.css')
      this.addWatchFile(path)
      return { code: faces() + themed(readFileSync(path, 'utf8')), moduleType: 'css' }
    },
  }
}

function faces(): string {
  const hex = (point: number) => point.toString(16)
  const face = ({ name, ranges }: (typeof fontSlices)[number]) =>
    `@font-face{font-family:'Rafid';src:url('${join(assets, 'fonts', `sans-${name}.woff2`)}') format('woff2');` +
    `font-display:swap;unicode-range:${ranges.map(([first, last]) => `U+${hex(first)}-${hex(last)}`).join()}}\n`
  return fontSlices.map(face).join('')
}

function themed(tokens: string): string {
  const colours = lightAndDark(palette)
  return (
    tokens +
    bySystem(colours) +
    `[data-theme='light']{color-scheme:light;color:var(--ink);${colours.light}}\n` +
    `[data-theme='dark']{color-scheme:dark;color:var(--ink);${colours.dark}}\n`
  )
}

/** React Aria speaks thirty languages; the dashboard needs two of them. */
function twoLanguages(): Plugin {
  return {
    name: 'two-languages',
    enforce: 'pre',
    load(id) {
      const tag = /\/intl\/.*\/([a-z]{2}-[A-Z]{2})\.mjs$/.exec(id)?.[1]
      return tag === undefined || tag === 'ar-AE' || tag === 'en-US' ? undefined : 'export default {}'
    },
  }
}

/** One part of a catalogue file: `dashboard.json?area=settings`. Other files are in one part whole. */
function catalogueParts(): Plugin {
  return {
    name: 'catalogue-parts',
    enforce: 'pre',
    load(id) {
      const [, path, name] = /^(.*\.json)\?area=(\w+)$/.exec(id) ?? []
      const area = areas.find((one) => one === name)
      if (path === undefined || area === undefined) return undefined
      this.addWatchFile(path)
      const file = JSON.parse(readFileSync(path, 'utf8')) as Parameters<typeof textsOf>[1] | object
      return { code: JSON.stringify('dashboard' in file ? textsOf(area, file) : file), moduleType: 'json' }
    },
  }
}

export default defineConfig({
  root: here,
  base: '/dashboard/',
  publicDir: false,
  cacheDir: join(here, '../../.cache/vite'),
  plugins: [sharedLook(), twoLanguages(), catalogueParts(), react()],
  build: {
    outDir: join(here, '../../dist/dashboard'),
    emptyOutDir: true,
    target: 'es2023',
    // Pictures and fonts stay files: the content policy allows none inside style sheets.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // The dashboard checks nothing by schema, the server does: schemas in shared files are dropped with their library.
      treeshake: { manualPureFunctions: ['z', 'moneyForm'] },
      output: {
        codeSplitting: {
          // Every file costs a request and its heads: what the first screen needs comes in two.
          groups: [
            {
              name: 'base',
              test: /src\/dashboard\/(?:routes|screens\/shell|ui\/toasts)\.tsx?$/,
              priority: 2,
            },
            {
              name: 'overview',
              test: /src\/dashboard\/screens\/(?:overview|streams\/clock)\.tsx$/,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': process.env['RAFID_URL'] ?? 'http://127.0.0.1:3000' } },
})
