import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { readFonts, root, type Manuscript } from './typst.ts'

const timeoutMs = 60_000

// As a string, because a bundled program has no file of its own for a thread to start from.
const program = String.raw`
const { parentPort, workerData } = require('node:worker_threads')
const { NodeCompiler } = require(workerData.compiler)
const typst = NodeCompiler.create({ workspace: workerData.root, fontArgs: [{ fontBlobs: workerData.fonts.map(Buffer.from) }] })
const input = { mainFileContent: workerData.source, inputs: { data: workerData.data } }
let pdf
try {
  pdf = typst.pdf(input, { pdfStandard: 'a-3b', pdfTags: false })
} catch (error) {
  if (!String(error.code).includes('could not be displayed')) throw new Error(String(error.code))
  pdf = typst.pdf(input, { pdfTags: false })
}
parentPort.postMessage(pdf)
`

let last: Promise<unknown> = Promise.resolve()

/**
 * A long manuscript as a PDF, made in a thread that ends afterwards: the server goes on answering, and the memory comes
 * back. One at a time. Without the tags of shorter papers, which make a table of thousands of rows thirty times as large.
 */
export async function typesetPdfApart(manuscript: Omit<Manuscript, 'pictures'>): Promise<Uint8Array> {
  const turn = last.then(() => inThread(manuscript))
  last = turn.catch(() => undefined)
  return turn
}

async function inThread({ source, data }: Omit<Manuscript, 'pictures'>): Promise<Uint8Array> {
  const compiler = createRequire(import.meta.url).resolve('@myriaddreamin/typst-ts-node-compiler')
  const workerData = { compiler, root, fonts: await readFonts(), source, data: JSON.stringify(data) }
  const worker = new Worker(program, { eval: true, workerData })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`a report took longer than ${timeoutMs} ms`)), timeoutMs)
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('the thread of a report ended without one')))
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
