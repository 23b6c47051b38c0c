import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { pipeline } from 'node:stream/promises'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { Readable, type Writable } from 'node:stream'
import { z } from 'zod'
import { sizedFormats, type ResizedPicture } from './resize-picture.ts'

const TIMEOUT_MS = 120_000
const NEWLINE = 10

const size = z.object({
  format: z.enum(sizedFormats),
  width: z.number(),
  height: z.number(),
  length: z.number(),
})
const headSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('refused'), reason: z.enum(['not-a-picture', 'too-large', 'damaged']) }),
  z.object({
    outcome: z.literal('resized'),
    width: z.number(),
    height: z.number(),
    pictures: z.array(size),
  }),
])

// Beside this file as it is written, or beside the bundle that it has become a part of.
const program = fileURLToPath(
  new URL(`./picture-process.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
)

let last: Promise<unknown> = Promise.resolve()

/**
 * Makes a picture's sizes in a process that ends afterwards: encoding takes hundreds of megabytes that the server would
 * keep, and a processor for seconds. One at a time.
 * @throws if the process fails for another reason than the picture
 */
export async function resizePictureApart(original: Uint8Array): Promise<ResizedPicture> {
  const turn = last.then(() => inProcess(original))
  last = turn.catch(() => undefined)
  return turn
}

async function inProcess(original: Uint8Array): Promise<ResizedPicture> {
  const child = spawn(process.execPath, ['--max-old-space-size=128', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
  })
  const [answer, code] = await Promise.all([buffer(child.stdout), ended(child), feed(child, original)])
  if (code !== 0) throw new Error(`the process of a picture ended with ${code}`)
  return parse(answer)
}

/** A process that ends before it has read all is judged by its answer. */
async function feed(
  child: ChildProcessByStdio<Writable, Readable, null>,
  original: Uint8Array,
): Promise<void> {
  await pipeline(Readable.from([original], { objectMode: false }), child.stdin).catch(() => undefined)
}

function ended(child: ChildProcessByStdio<Writable, Readable, null>): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'nothing'))
  })
}

function parse(answer: Buffer): ResizedPicture {
  const line = answer.indexOf(NEWLINE)
  const head = headSchema.parse(JSON.parse(answer.subarray(0, line).toString('utf8')))
  if (head.outcome === 'refused') return head
  let start = line + 1
  const pictures = head.pictures.map(({ length, ...picture }) => {
    const bytes = answer.subarray(start, start + length)
    start += length
    return { ...picture, bytes }
  })
  if (start !== answer.length) throw new Error('the process of a picture answered something else')
  return { ...head, pictures }
}
