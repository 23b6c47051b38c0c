import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeText, detectEncoding, type TextEncoding } from './text-encoding.ts'

const arabic = 'التاريخ,الوصف,المبلغ,العملة\r\n2026-01-05,بيع كتاب «الرافد»,١٢٫٥٠,SAR\r\n'
const western = 'Date,Item,Price\r\n2026-01-05,Café à Málaga,12.50\r\n2026-01-06,Straße,3.10\r\n'
const plain = 'Date,Item,Price\r\n2026-01-05,Guide,12.50\r\n'

test.each<[string, Buffer, TextEncoding | 'binary']>([
  ['Arabic UTF-8', Buffer.from(arabic), 'utf-8'],
  ['UTF-8 with its mark', Buffer.from(`\uFEFF${arabic}`), 'utf-8'],
  ['UTF-16 with its mark', Buffer.from(`\uFEFF${arabic}`, 'utf16le'), 'utf-16le'],
  ['UTF-16 without', Buffer.from(arabic, 'utf16le'), 'utf-16le'],
  ['UTF-16 of the other order', swapped(plain), 'utf-16be'],
  ['UTF-16 of the other order with its mark', swapped(`\uFEFF${arabic}`), 'utf-16be'],
  ['Windows-1256', encode1256(arabic), 'windows-1256'],
  ['Windows-1252', Buffer.from(western, 'latin1'), 'windows-1252'],
  ['plain ASCII', Buffer.from(plain), 'utf-8'],
  ['a workbook', Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.from(plain)]), 'binary'],
  ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n', 'latin1'), 'binary'],
  ['bytes of anything', Buffer.from([1, 2, 3, 0, 255, 7, 0, 0, 9]), 'binary'],
])('%s', async (_name, bytes, expected) => {
  expect(detect([bytes])).toBe(expected)
  if (expected === 'binary') return
  const text = await whole([bytes], expected)
  const known = [arabic, western, plain, arabic.replace('١٢٫٥٠', '12.50')]
  expect(known).toContain(text)
})

test('one Arabic name at the end of a long file decides', () => {
  const bytes = Buffer.concat([Buffer.from(plain.repeat(3000)), encode1256('2026-01-07,سلمى,5\r\n')])
  expect(detect([bytes])).toBe('windows-1256')
  expect(detect([Buffer.concat([Buffer.from(plain.repeat(3000)), Buffer.from('سلمى')])])).toBe('utf-8')
})

test('where the pieces are parted changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), fc.nat(20), async (text, at) => {
      const bytes = Buffer.from(`x${text}`)
      const pieces = [bytes.subarray(0, at), bytes.subarray(at)]
      expect(detect(pieces)).toBe(detect([bytes]))
      expect(await whole(pieces, 'utf-8')).toBe(`x${text}`)
    }),
  )
})

function detect(pieces: readonly Uint8Array[]): string {
  const detector = detectEncoding()
  for (const piece of pieces) detector.push(piece)
  return detector.end()
}

async function whole(pieces: readonly Uint8Array[], encoding: TextEncoding): Promise<string> {
  let text = ''
  for await (const part of decodeText(pieces, encoding)) text += part
  return text
}

function swapped(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16()
}

/** Written by reading: the byte for each character is the one that decodes to it. */
function encode1256(text: string): Buffer {
  const table = new Map<string, number>()
  const decoder = new TextDecoder('windows-1256')
  for (let byte = 255; byte >= 0; byte--) table.set(decoder.decode(Uint8Array.of(byte)), byte)
  const digits = text
    .replace(/[٠-٩]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replace('٫', '.')
  return Buffer.from(Array.from(digits, (char) => table.get(char) ?? 63))
}
