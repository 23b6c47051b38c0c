/**
 * A file of 100,000 sales of Gumroad, each with its fee: uploaded, read into a preview and posted, over HTTP as the dashboard
 * does it; then the same file must be known again, and a smaller one is undone. Afterwards the books must be whole.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { residentMb } from './support/processes.ts'
import { runBench } from './support/report.ts'
import { startServer, type BenchServer } from './support/server.ts'
import { openShop } from './support/shop.ts'

const ROWS = Number(process.env['BENCH_ROWS'] ?? 100_000)
const UNDONE = 5_000
const POLL_MS = 50

type Import = {
  id: string
  state: string
  preview: { counts: Record<string, number> } | null
  progress: { done: number }
}

function fileOf(rows: number, name: string): Buffer {
  const lines = [
    'Type,Date,Purchase ID,Item Name,Buyer Name,Buyer Email,Taxes ($),Shipping ($),Sale Price ($),Gumroad Fees ($),Net Total ($)',
  ]
  for (let nth = 0; nth < rows; nth++) {
    const day = `2025-${String((nth % 12) + 1).padStart(2, '0')}-${String((nth % 28) + 1).padStart(2, '0')}`
    const who = `Buyer ${nth},buyer-${nth}@example.com`
    lines.push(
      `Sale,${day},${name}${nth.toString(36)}==,"Guide, part ${nth % 20}",${who},0.0,0.0,19.0,2.4,16.6`,
    )
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n`)
}

type Api = <Answer>(
  path: string,
  init?: { method?: string; json?: unknown; file?: Buffer },
) => Promise<Answer>

function apiOf({ url }: BenchServer, token: string): Api {
  return async <Answer>(path: string, init: { method?: string; json?: unknown; file?: Buffer } = {}) => {
    const { json, file, method = json === undefined && file === undefined ? 'GET' : 'POST' } = init
    const text = json === undefined ? undefined : JSON.stringify(json)
    const body = file === undefined ? text : new Uint8Array(file)
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': file === undefined ? 'application/json' : 'application/octet-stream',
      },
      ...(body !== undefined && { body }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    // Each caller names what the route answers.
    return (await answer.json()) as Answer
  }
}

async function until(api: Api, id: string, state: string): Promise<Import> {
  for (;;) {
    const found = await api<Import>(`/stream-imports/${id}`)
    if (found.state === state) return found
    if (found.state === 'refused') throw new Error('the file was refused')
    await sleep(POLL_MS)
  }
}

async function timed<Value>(work: () => Promise<Value>): Promise<{ seconds: number; value: Value }> {
  const began = performance.now()
  const value = await work()
  return { seconds: (performance.now() - began) / 1000, value }
}

await runBench(async (report) => {
  const server = await startServer('import')
  const { token } = await openShop(server)
  const api = apiOf(server, token)
  const file = fileOf(ROWS, 'a')
  const stream = await api<{ id: string }>('/streams', {
    json: { kind: 'platform', name: 'Gumroad', currency: 'USD' },
  })
  const before = residentMb(server.pid)
  let most = before
  const watch = setInterval(() => (most = Math.max(most, residentMb(server.pid))), 100)
  const upload = (bytes: Buffer) => api<Import>('/stream-imports?name=payout.csv', { file: bytes })
  const read = await timed(async () => until(api, (await upload(file)).id, 'ready'))
  if (read.value.preview?.counts['new'] !== ROWS) throw new Error('not every row is new')
  const megabytes = (file.length / 1e6).toFixed(1)
  report({
    name: 'preview',
    value: read.seconds,
    unit: 's',
    reference: 5,
    limit: 'at most',
    note: `${ROWS} rows, ${megabytes} MB, upload included`,
  })
  const { id } = read.value
  const post = (one: string) =>
    api(`/stream-imports/${one}/post`, { json: { streamId: stream.id, items: [] } })
  const posted = await timed(async () => {
    await post(id)
    return until(api, id, 'posted')
  })
  report({
    name: 'post',
    value: posted.seconds,
    unit: 's',
    reference: 30,
    limit: 'at most',
    note: `${2 * ROWS} entries`,
  })
  const again = await timed(async () => until(api, (await upload(file)).id, 'ready'))
  if (again.value.preview?.counts['duplicate'] !== ROWS) throw new Error('the same file is not known again')
  report({ name: 'preview of the same file', value: again.seconds, unit: 's', note: 'all of it known again' })
  const small = await until(api, (await upload(fileOf(UNDONE, 'b'))).id, 'ready')
  await post(small.id)
  await until(api, small.id, 'posted')
  const undone = await timed(async () => {
    await api(`/stream-imports/${small.id}/undo`, { method: 'POST' })
    return until(api, small.id, 'undone')
  })
  report({ name: 'undo', value: undone.seconds, unit: 's', note: `${UNDONE} rows, ${2 * UNDONE} reversals` })
  clearInterval(watch)
  report({ name: 'memory', value: most, unit: 'MB', note: `${Math.round(before)} MB before` })
  const integrity = await api<{ faults: unknown[] }>('/ledger/integrity')
  if (integrity.faults.length > 0) throw new Error('the books are not whole')
})
