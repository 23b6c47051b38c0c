/**
 * A file of five gigabytes, as large as is taken: uploaded over HTTP by the tus protocol with the connection cut on the way,
 * hashed, sold, downloaded whole and in a range. How fast, and how much memory the process of Node takes for it.
 */
import { createHash, randomBytes } from 'node:crypto'
import { request, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { residentMb } from './support/processes.ts'
import { runBench, type Report } from './support/report.ts'
import { startServer } from './support/server.ts'
import { openShop, type Shop } from './support/shop.ts'

const MIB = 1024 * 1024
const SIZE = Number(process.env['BENCH_FILE_BYTES'] ?? 5_000_000_000)
const CUT_AT = 0.4
const HASH_MS = 120_000

/** The file's content: a block of noise again and again, each with its number in front, so that any part can be made anew. */
const noise = randomBytes(MIB)

function blockAt(index: number): Buffer {
  const block = Buffer.from(noise)
  block.writeBigUInt64BE(BigInt(index))
  return block
}

function* contentFrom(start: number, end: number): Generator<Buffer> {
  for (let at = start; at < end;) {
    const index = Math.floor(at / MIB)
    const next = Math.min((index + 1) * MIB, end)
    yield blockAt(index).subarray(at - index * MIB, next - index * MIB)
    at = next
  }
}

function hashOf(start: number, end: number): string {
  const hash = createHash('sha256')
  for (const part of contentFrom(start, end)) hash.update(part)
  return hash.digest('hex')
}

type Server = { url: string; token: string }

const auth = ({ token }: Server) => ({ authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' })

/** Sends the file from `start`; with `until` the connection is cut there, as if the line had broken. */
async function send(
  server: Server,
  path: string,
  { start, until }: { start: number; until?: number },
): Promise<void> {
  const headers = {
    ...auth(server),
    'content-type': 'application/offset+octet-stream',
    'upload-offset': start,
    'content-length': SIZE - start,
  }
  const patch = request(server.url + path, { method: 'PATCH', headers })
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    patch.once('response', resolve)
    patch.once('error', reject)
  })
  answered.catch(() => undefined)
  for (const part of contentFrom(start, until ?? SIZE)) {
    if (!patch.write(part)) await new Promise((resolve) => patch.once('drain', resolve))
  }
  if (until !== undefined) {
    patch.destroy()
    return
  }
  patch.end()
  const { statusCode } = (await answered).resume()
  if (statusCode !== 204) throw new Error(`the upload was answered ${statusCode}`)
}

async function upload(server: Server, report: Report): Promise<string> {
  const begun = await fetch(`${server.url}/api/v1/uploads`, {
    method: 'POST',
    headers: {
      ...auth(server),
      'upload-length': String(SIZE),
      'upload-metadata': `filename ${Buffer.from('course.zip').toString('base64')}`,
    },
  })
  const path = begun.headers.get('location') ?? ''
  const started = performance.now()
  await send(server, path, { start: 0, until: Math.floor(SIZE * CUT_AT) })
  await sleep(500)
  const head = await fetch(server.url + path, { method: 'HEAD', headers: auth(server) })
  const offset = Number(head.headers.get('upload-offset'))
  if (!(offset > 0 && offset < SIZE))
    throw new Error(`nothing was kept of an upload that broke off: ${offset}`)
  await send(server, path, { start: offset })
  const seconds = (performance.now() - started) / 1000
  report({
    name: 'large-file: upload',
    value: SIZE / 1e6 / seconds,
    unit: 'MB/s',
    note: `cut once; gone on at ${Math.round(offset / 1e6)} MB`,
  })
  return path.slice(path.lastIndexOf('/') + 1)
}

async function call<Answer>(server: Server, path: string, json?: unknown): Promise<Answer> {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method: json === undefined ? 'GET' : 'POST',
    headers: {
      ...auth(server),
      'content-type': 'application/json',
      'idempotency-key': randomBytes(8).toString('hex'),
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return (answer.status === 204 ? undefined : await answer.json()) as Answer
}

async function hashed(server: Server, fileId: string, report: Report): Promise<void> {
  const started = performance.now()
  const expected = hashOf(0, SIZE)
  for (;;) {
    const { sha256 } = await call<{ sha256: string | null }>(server, `/files/${fileId}`)
    if (sha256 === expected) break
    if (sha256 !== null || performance.now() - started > HASH_MS) throw new Error(`another hash: ${sha256}`)
    await sleep(250)
  }
  report({
    name: 'large-file: known by its hash after',
    value: (performance.now() - started) / 1000,
    unit: 's',
  })
}

/** Sells it to a stranger for nothing; the signed link to it. */
async function sell(server: Server, shop: Shop, fileId: string): Promise<string> {
  const product = await call<{ id: string }>(server, '/products', {
    title: { ar: 'دورة', en: 'Course' },
    prices: [{ mode: 'free', currency: shop.currency }],
  })
  const version = await call<{ id: string }>(server, `/products/${product.id}/versions`, {
    fileIds: [fileId],
  })
  await call(server, `/products/${product.id}/versions/${version.id}/publish`, {})
  await call(server, `/products/${product.id}/publish`, {})
  const store = `/stores/${encodeURIComponent(shop.slug)}`
  const items = [{ productId: product.id, quantity: 1 }]
  const cart = await call<{ id: string; total: unknown }>(server, `${store}/carts`, {
    currency: shop.currency,
    items,
  })
  const buyer = {
    email: 'buyer@example.com',
    name: 'ليان',
    locale: 'ar',
    cartId: cart.id,
    expectedTotal: cart.total,
  }
  const placed = await call<{ order: { id: string }; key: string }>(server, `${store}/orders`, buyer)
  for (;;) {
    const { items: rights } = await call<{ items: { files: { url: string }[] }[] }>(
      server,
      `${store}/orders/${placed.order.id}/entitlements?key=${encodeURIComponent(placed.key)}`,
    )
    const url = rights[0]?.files[0]?.url
    if (url !== undefined) return server.url + url
    await sleep(50)
  }
}

async function fetched(url: string, range?: string): Promise<string> {
  const answer = await fetch(url, { headers: range === undefined ? {} : { range } })
  if (answer.status !== (range === undefined ? 200 : 206))
    throw new Error(`the download answered ${answer.status}`)
  const hash = createHash('sha256')
  for await (const part of answer.body ?? []) hash.update(part as Uint8Array)
  return hash.digest('hex')
}

async function download(url: string, report: Report): Promise<void> {
  const started = performance.now()
  if ((await fetched(url)) !== hashOf(0, SIZE))
    throw new Error('what was downloaded is not what was uploaded')
  // The client's own hashing of what it expects is in it.
  report({
    name: 'large-file: download',
    value: SIZE / 1e6 / ((performance.now() - started) / 1000),
    unit: 'MB/s',
  })
  const [start, end] = [Math.floor(SIZE * 0.8) + 17, Math.floor(SIZE * 0.8) + 17 + Math.floor(SIZE / 80)]
  if ((await fetched(url, `bytes=${start}-${end - 1}`)) !== hashOf(start, end))
    throw new Error('another range')
}

await runBench(async (report) => {
  const bench = await startServer('large-file')
  const shop = await openShop(bench)
  const server = { url: bench.url, token: shop.token }
  await sleep(5_000)
  const before = residentMb(bench.pid)
  const seen: number[] = []
  const watch = setInterval(() => seen.push(residentMb(bench.pid)), 100)
  const fileId = await upload(server, report)
  await hashed(server, fileId, report)
  await download(await sell(server, shop, fileId), report)
  clearInterval(watch)
  report({
    name: 'large-file: memory',
    value: Math.max(...seen),
    unit: 'MB',
    reference: 350,
    limit: 'at most',
    note: `${Math.round(before)} MB before; a file of ${SIZE / 1e6} MB`,
  })
})
