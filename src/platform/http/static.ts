import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import type { Env } from './env.ts'

type StaticFile = { type: string; identity: Buffer; br?: Buffer; gzip?: Buffer; hashed: boolean }

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json; charset=utf-8',
  woff2: 'font/woff2',
  png: 'image/png',
}

/**
 * Serves a built single-page application below `base`: files with a hash in their name for ever, the page itself fresh
 * every time, and the page for every address that is no file, since the application has its own addresses. Files are
 * compressed when first asked for.
 */
export function singlePageApp(folder: string, base: string): Hono<Env> {
  const files = new Map<string, StaticFile>()
  for (const path of listFiles(folder)) {
    const name = relative(folder, path)
    files.set(name, readStatic(path, name))
  }
  const app = new Hono<Env>()
  app.get(`${base}/*`, (c) => {
    const name = c.req.path.slice(base.length + 1)
    const file = files.get(name) ?? (/\.\w+$/.test(name) ? undefined : files.get('index.html'))
    if (file === undefined) return c.notFound()
    const accepted = c.req.header('accept-encoding') ?? ''
    const encoding =
      !file.type.startsWith('text') && file.type !== 'image/svg+xml'
        ? undefined
        : accepted.includes('br')
          ? 'br'
          : accepted.includes('gzip')
            ? 'gzip'
            : undefined
    const body =
      encoding === undefined ? file.identity : (file[encoding] ??= compress(file.identity, encoding))
    return c.body(new Uint8Array(body), 200, {
      'content-type': file.type,
      'cache-control': file.hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'accept-encoding',
      ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
    })
  })
  app.get(base, (c) => c.redirect(`${base}/`, 302))
  return app
}

function readStatic(path: string, name: string): StaticFile {
  const extension = name.slice(name.lastIndexOf('.') + 1)
  const type = TYPES[extension] ?? 'application/octet-stream'
  return { type, identity: readFileSync(path), hashed: /-[\w-]{8}\.\w+$/.test(name) }
}

function compress(bytes: Buffer, encoding: 'br' | 'gzip'): Buffer {
  if (encoding === 'gzip') return gzipSync(bytes, { level: 9 })
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
  } catch {
    // Not built: the dashboard is then simply not there, and the API and the store are.
    return []
  }
}
