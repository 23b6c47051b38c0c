import { fileTypeFromBuffer } from 'file-type'

/** How many first bytes of a file tell its type. */
export const SNIFF_BYTES = 4_100

/** Types by extension for what has no mark in its first bytes. */
const TEXT_TYPES: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  json: 'application/json',
  svg: 'image/svg+xml',
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
  mjs: 'text/javascript',
  ts: 'text/plain',
  xml: 'application/xml',
  yaml: 'application/yaml',
  yml: 'application/yaml',
  srt: 'application/x-subrip',
  vtt: 'text/vtt',
  ics: 'text/calendar',
  bat: 'application/x-bat',
  cmd: 'application/x-bat',
  ps1: 'application/x-powershell',
  vbs: 'text/vbscript',
  sh: 'application/x-sh',
  py: 'text/x-python',
}

/** Containers whose documents say more by their extension than by their first bytes. */
const INSIDE_ZIP: Readonly<Record<string, string>> = {
  epub: 'application/epub+zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  sketch: 'application/x-sketch',
  procreate: 'application/x-procreate',
}

const RUNS = new Set([
  'application/x-msdownload',
  'application/x-elf',
  'application/x-mach-binary',
  'application/x-msi',
  'application/vnd.android.package-archive',
  'application/java-vm',
  'application/x-bat',
  'application/x-powershell',
  'application/x-sh',
  'text/vbscript',
  'text/x-python',
  'application/wasm',
  'application/x-deb',
  'application/x-rpm',
  'application/x-apple-diskimage',
])

const RUNS_BY_EXTENSION =
  /\.(?:exe|msi|com|scr|pif|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|jar|apk|app|dmg|pkg|sh|py|deb|rpm|lnk|reg|docm|xlsm|pptm)$/iu

/** Begins the colours of a terminal's output, which texts may hold. */
const ESCAPE = String.fromCodePoint(0x1b)

/** The pictures that products may show. */
export const PICTURE_TYPES: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/avif',
  'image/gif',
])

/**
 * The type of a file by its first bytes; where they carry no mark, by its extension if the bytes can be text, and
 * otherwise `application/octet-stream`. Never believes a name over the bytes: a program called `book.pdf` is a program.
 */
export async function findMediaType(head: Uint8Array, name: string): Promise<string> {
  const extension = extensionOf(name)
  const found = await sniff(head)
  if (found === 'application/zip') return INSIDE_ZIP[extension] ?? found
  if (found !== undefined && found !== 'application/xml') return found
  if (!isText(head)) return 'application/octet-stream'
  if (startsScript(head)) return 'application/x-sh'
  return TEXT_TYPES[extension] ?? 'text/plain'
}

/** Whether a file is, or may hold, a program that runs when somebody opens it; buyers and sellers are told. */
export function isRisky(mediaType: string, name: string): boolean {
  return RUNS.has(mediaType) || RUNS_BY_EXTENSION.test(name)
}

async function sniff(head: Uint8Array): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(head))?.mime
  } catch {
    // A file that ends early inside its own header has no type that can be trusted.
    return undefined
  }
}

function extensionOf(name: string): string {
  return /\.([a-z0-9]+)$/iu.exec(name)?.[1]?.toLowerCase() ?? ''
}

function startsScript(head: Uint8Array): boolean {
  return head[0] === 0x23 && head[1] === 0x21
}

/** Valid UTF-8 without control characters; a letter may be cut off at the end of the sample. */
function isText(head: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return !/(?![\t\n\v\f\r])\p{Cc}/u.test(text.replaceAll(ESCAPE, ''))
  } catch {
    return false
  }
}
