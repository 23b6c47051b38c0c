import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanFileName } from './file-name.ts'
import { missingForSale } from './readiness.ts'
import { indexWords, queryWords } from './search-words.ts'

describe('file names', () => {
  test.each<[string, string | undefined]>([
    ['دليل المستقل.pdf', 'دليل المستقل.pdf'],
    ['/etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['a/b/', undefined],
    ['..', undefined],
    ['.htaccess', 'htaccess'],
    ['  مسافات   كثيرة .pdf ', 'مسافات كثيرة .pdf'],
    ['nul\u0000byte.pdf', 'nulbyte.pdf'],
    ['\u202Egpj.exe', 'gpj.exe'],
    ['what?*<>|".pdf', 'what______.pdf'],
    ['trailing...', 'trailing'],
    ['\ud800.pdf', '_.pdf'],
  ])('%j becomes %j', (name, cleaned) => {
    expect(cleanFileName(name)).toBe(cleaned)
  })

  test('are short, keep their extension, and hold nothing dangerous', () => {
    expect(cleanFileName(`${'كتاب '.repeat(200)}.epub`)).toMatch(/^كتاب .*\.epub$/u)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const cleaned = cleanFileName(name)
        if (cleaned === undefined) return
        expect(cleaned.length).toBeGreaterThan(0)
        expect(cleaned.length).toBeLessThanOrEqual(180)
        expect(cleaned).not.toMatch(/[\p{Cc}/\\<>:"|?*\u202A-\u202E\u2066-\u2069]/u)
        expect(cleaned).not.toMatch(/^\.|[. ]$/u)
        expect(cleaned.isWellFormed()).toBe(true)
      }),
    )
  })
})

describe('search words', () => {
  test('weigh most where they stand first', () => {
    const words = indexWords({
      title: ['الكتاب', 'The book'],
      summary: ['كتاب صغير'],
      description: ['صغير جدًّا'],
    })
    expect([...words]).toEqual([
      ['كتاب', 8],
      ['the', 8],
      ['book', 8],
      ['صغير', 3],
      ['جدا', 1],
    ])
  })

  test('of an index and of a query meet', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ابتالوفىةأئکگدeZ٣َـ '), maxLength: 30 }), (title) => {
        const words = indexWords({ title: [title], summary: [], description: [] })
        for (const { word } of queryWords(title)) expect(words.has(word)).toBe(true)
      }),
    )
  })

  test('are few, short, and tolerant in proportion', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => `كلمة${index}`).join(' ')
    expect(indexWords({ title: [], summary: [], description: [many] }).size).toBe(160)
    expect(queryWords(many)).toHaveLength(8)
    expect(queryWords('x'.repeat(150))[0]?.word).toHaveLength(40)
    expect(queryWords('كتب كتاب فوتوشوب 2026').map(({ tolerance }) => tolerance)).toEqual([0, 1, 2, 0])
    expect(queryWords('دورة دورات templates').map(({ stem }) => stem)).toEqual(['دور', 'دور', 'template'])
  })
})

describe('a product for sale', () => {
  const whole = { title: { ar: 'س', en: '' }, priceCount: 1, fileCount: 1, needsFiles: true }

  test.each([
    [whole, []],
    [{ ...whole, title: { ar: '', en: '' } }, ['/title']],
    [{ ...whole, priceCount: 0 }, ['/prices']],
    [{ ...whole, fileCount: 0 }, ['/versions']],
    [{ ...whole, fileCount: 0, needsFiles: false }, []],
    [
      { title: { ar: '', en: '' }, priceCount: 0, fileCount: 0, needsFiles: true },
      ['/title', '/prices', '/versions'],
    ],
  ])('%#', (product, pointers) => {
    expect(missingForSale(product).map(({ pointer }) => pointer)).toEqual(pointers)
  })
})
