import { expect, test } from 'vitest'
import type { CurrencyCode } from '../../shared/currencies.ts'
import type { Locale } from '../../shared/locale.ts'
import { splitTax } from '../../shared/money.ts'
import { renderDocument } from './render-document.ts'
import type { SaleDocument, SaleLine } from './sale-document.ts'
import { typesetPdf } from './typst.ts'

type Sale = { locale?: Locale; currency?: CurrencyCode; lines?: number; title?: string; rateBps?: number }

function invoice({
  locale = 'ar',
  currency = 'SAR',
  lines: count = 1,
  title,
  rateBps = 1500,
}: Sale = {}): SaleDocument {
  const lines = Array.from({ length: count }, (_, index): SaleLine => {
    const unitMinor = 11_500n + BigInt(index)
    const { netMinor, taxMinor, grossMinor } = splitTax(unitMinor, rateBps, 'inclusive')
    const amounts = { unitMinor, netMinor, taxMinor, totalMinor: grossMinor, taxRateBps: rateBps }
    return { title: title ?? 'قالب Notion لإدارة المشاريع', quantity: 1, ...amounts }
  })
  const sum = (of: 'netMinor' | 'taxMinor' | 'totalMinor'): bigint =>
    lines.reduce((total, line) => total + line[of], 0n)
  return {
    kind: 'tax-invoice',
    locale,
    number: 'INV-2026-000042',
    issuedAt: new Date('2026-11-21T09:30:00Z'),
    timeZone: 'Asia/Riyadh',
    currency,
    seller: {
      name: 'دار رافد للنشر',
      country: 'SA',
      taxNumber: '310122393500003',
      phone: '+966 11 234 5678',
    },
    buyer: { name: 'Sara العتيبي', email: 'sara@example.com' },
    lines,
    pricesIncludeTax: true,
    netMinor: sum('netMinor'),
    taxes: [{ rateBps, baseMinor: sum('netMinor'), taxMinor: sum('taxMinor') }],
    totalMinor: sum('totalMinor'),
  }
}

function text(pdf: Uint8Array): string {
  return Buffer.from(pdf).toString('latin1')
}

function pages(pdf: Uint8Array): number {
  return Number(/\/Count (\d+)/.exec(text(pdf))?.[1])
}

test('the same document gives the same bytes, another one others', async () => {
  const first = await renderDocument(invoice())
  await renderDocument(invoice({ locale: 'en', lines: 3 }))
  expect(Buffer.compare(first, await renderDocument(invoice()))).toBe(0)
  expect(Buffer.compare(first, await renderDocument(invoice({ title: 'شيء آخر' })))).not.toBe(0)
})

test.each(['ar', 'en'] as const)('is archival, tagged and dated in %s', async (locale) => {
  const pdf = await renderDocument(invoice({ locale }))
  expect(text(pdf)).toContain('<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>')
  expect(text(pdf)).toContain(`/Lang (${locale})`)
  expect(text(pdf)).toContain('<xmp:CreateDate>2026-11-21T09:30:00Z</xmp:CreateDate>')
  expect(text(pdf)).toContain('/StructTreeRoot')
})

test.each(['JPY', 'SAR', 'KWD'] as const)(
  'runs over as many pages as its lines need (%s)',
  async (currency) => {
    expect(pages(await renderDocument(invoice({ currency })))).toBe(1)
    expect(pages(await renderDocument(invoice({ currency, lines: 40 })))).toBe(2)
  },
)

const hostile = [
  '#eval("1 + 1")',
  '#panic("set as code")',
  '#read("/etc/passwd")',
  '#image("/etc/passwd")',
  '#import "@preview/cetz:0.3.0"',
  '$ x^2 $ *bold* _it_ `raw` <label> @missing // /* = heading',
  '"] #panic() [',
  '\\u{0} \\',
  'a\u0000b\u0007c\u202Ed\uD800',
  '\u20C1 \u{1F600} \uE000 \u{13000}',
  'x'.repeat(3_000),
]

test.each(hostile)('is no markup and no code: %j', async (words) => {
  const document = invoice({ title: words })
  const party = {
    name: words,
    address: [words],
    email: words,
    phone: words,
    taxNumber: words,
    registrationNumber: words,
  }
  const corrects = { number: words, issuedAt: document.issuedAt, reason: words }
  const paid = { at: document.issuedAt, method: words }
  const pdf = await renderDocument({
    ...document,
    kind: 'credit-note',
    number: words,
    orderNumber: words,
    discountLabel: words,
    note: words,
    accent: words,
    seller: party,
    buyer: party,
    corrects,
    paid,
    lines: document.lines.map((line) => ({ ...line, detail: words })),
  })
  expect(text(pdf).startsWith('%PDF-1.7')).toBe(true)
})

test('what the hostile words would do, were they code', async () => {
  await expect(typesetPdf({ source: '#panic("set as code")', data: {} })).rejects.toThrow('set as code')
  await expect(typesetPdf({ source: '#read("/etc/passwd")', data: {} })).rejects.toThrow('not found')
})

test('what cost nothing is no invoice: its receipt has no code for the tax office', async () => {
  const line = { quantity: 1, unitMinor: 0n, netMinor: 0n, taxMinor: 0n, totalMinor: 0n, taxRateBps: 0 }
  const sums = { netMinor: 0n, taxes: [], totalMinor: 0n }
  const free: SaleDocument = { ...invoice(), ...sums, kind: 'receipt', lines: [{ title: 'قوائم', ...line }] }
  // The code is the only picture, and pictures have words for those who do not see them.
  expect(text(await renderDocument(invoice()))).toContain('/Alt')
  expect(text(await renderDocument(free))).not.toContain('/Alt')
})

test('amounts that do not add up are refused', async () => {
  const good = invoice({ lines: 2 })
  const [first, ...rest] = good.lines
  if (first === undefined) throw new Error('the document has lines')
  const wrong: SaleDocument[] = [
    { ...good, totalMinor: good.totalMinor + 1n },
    { ...good, netMinor: good.netMinor + 1n, totalMinor: good.totalMinor + 1n },
    { ...good, taxes: [] },
    { ...good, lines: rest },
    { ...good, lines: [] },
    { ...good, lines: [{ ...first, totalMinor: first.totalMinor - 1n }, ...rest] },
  ]
  for (const document of wrong) await expect(renderDocument(document)).rejects.toThrow('assertion failed')
})
