import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { Json } from './text.ts'

/**
 * What to set: our own Typst source, the values it reads with `json(bytes(sys.inputs.data))`, and pictures by the
 * absolute path (`/logo.png`) under which the source asks for them. Nothing that a user wrote may be part of `source`.
 */
export type Manuscript = {
  source: string
  data: Json
  pictures?: Readonly<Record<string, Uint8Array>>
}

/** Where Typst looks for files. It does not exist, so that a template can read nothing of the machine. */
export const root = '/rafid-documents'

const faces = [
  ['@expo-google-fonts/ibm-plex-sans', 'IBMPlexSans'],
  ['@expo-google-fonts/ibm-plex-sans-arabic', 'IBMPlexSansArabic'],
] as const
const weights = ['400Regular', '500Medium', '600SemiBold'] as const

let compiler: Promise<NodeCompiler> | undefined

/**
 * The manuscript as a PDF, the same bytes for the same manuscript. It is PDF/A-3a (archival and tagged for screen
 * readers) unless the text holds characters that no font of this machine can draw: then it is plain PDF 1.7.
 */
export async function typesetPdf(manuscript: Manuscript): Promise<Uint8Array> {
  return withCompiler(manuscript, (typst, input) => {
    try {
      return typst.pdf(input, { pdfStandard: 'a-3a' })
    } catch (error) {
      if (!complaint(error).includes('could not be displayed')) throw error
      return typst.pdf(input)
    }
  })
}

/** The first page of the manuscript as an SVG whose letters are outlines, so that it needs no fonts to be drawn. */
export async function typesetSvg(manuscript: Manuscript): Promise<string> {
  return withCompiler(manuscript, (typst, input) => typst.plainSvg(input))
}

type Input = { mainFileContent: string; inputs: Record<string, string> }

async function withCompiler<T>(
  { source, data, pictures = {} }: Manuscript,
  work: (typst: NodeCompiler, input: Input) => T,
): Promise<T> {
  compiler ??= createCompiler()
  const typst = await compiler
  // The compiler's native results are freed on a turn of the event loop: a loop of documents must take one.
  await nextTurn()
  // From here to the end nothing is awaited, so that no other document sees these pictures.
  try {
    for (const [path, bytes] of Object.entries(pictures)) typst.mapShadow(root + path, Buffer.from(bytes))
    return work(typst, { mainFileContent: source, inputs: { data: JSON.stringify(data) } })
  } catch (error) {
    throw new Error(`assertion failed: a document could not be set: ${complaint(error)}`, { cause: error })
  } finally {
    typst.resetShadow()
    // Its cache of earlier documents would grow without bound; emptied, a thousand invoices leave the process 55 MB larger.
    typst.evictCache(0)
  }
}

/** What the compiler says; its errors carry it as their code. */
function complaint(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

async function createCompiler(): Promise<NodeCompiler> {
  // Imported on first use: an idle server does without its 40 MB.
  const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler')
  return NodeCompiler.create({ workspace: root, fontArgs: [{ fontBlobs: await readFonts() }] })
}

/** The faces that all documents are set in. */
export async function readFonts(): Promise<Buffer[]> {
  const { resolve } = createRequire(import.meta.url)
  const paths = faces.flatMap(([name, face]) =>
    weights.map((weight) => resolve(`${name}/${weight}/${face}_${weight}.ttf`)),
  )
  return Promise.all(paths.map((path) => readFile(path)))
}
