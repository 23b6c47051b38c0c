import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arabicFigures, firstName, highlight, latinDigits, normaliseText, tokenise } from './arabic.ts'

const arabicText = fc.string({
  unit: fc.constantFrom(
    ...Array.from('ابتجدكلموفنهيىئؤةأإآٱکیگ ءًَُِّْـ٠٥۴۹ aZéİ.-\u200C\u200F\u2067\u0301\uFEFB\uFEAA\uFDFA½'),
  ),
  maxLength: 30,
})
const anyText = fc.oneof(arabicText, fc.string({ unit: 'binary', maxLength: 30 }))

describe('the normal form', () => {
  test.each([
    ['مستشفى', 'مستشفي'],
    ['عَلَى', 'علي'],
    ['والكتاب', 'الكتاب'],
    ['فللكتاب', 'للكتاب'],
    ['وبالكتاب', 'بالكتاب'],
    ['کتاب', 'كتاب'],
    ['ایران', 'ايران'],
    ['قُرْآن', 'قران'],
    ['ٱلْحَمْدُ', 'الحمد'],
    ['الإسلام', 'الاسلام'],
    ['كـــتاب', 'كتاب'],
    ['كتا\u200Cب\u200F', 'كتاب'],
    ['ﻻ', 'لا'],
    ['٢٠٢٦ ۲۰۲۶', '2026 2026'],
    ['Excel ＰＤＦ', 'excel pdf'],
  ])('of %s is %s', (text, normal) => {
    expect(normaliseText(text)).toBe(normal)
  })

  test.each(['مسؤول', 'مسئول', 'والد', 'فالح', 'والي', 'دورة', 'ولد', 'فكرة'])('of %s is itself', (word) => {
    expect(normaliseText(word)).toBe(word)
  })

  test('of a normal form is itself', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normaliseText(normaliseText(text))).toBe(normaliseText(text))
      }),
      { numRuns: 2_000 },
    )
  })

  test('does not depend on vowel marks, tatweel or controls put in anywhere', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...Array.from('ابتجدهوزحطيكلمنسعفصقرشتثخذضظغ ')),
      maxLength: 20,
    })
    const mark = fc.constantFrom(...Array.from('ًٌٍَُِّْٰـ\u200C\u200E\u2067\u2069'))
    fc.assert(
      fc.property(letters, fc.array(mark, { maxLength: 20 }), (text, inserted) => {
        const marked = Array.from(text, (letter, index) => letter + (inserted[index] ?? '')).join('')
        expect(normaliseText(marked)).toBe(normaliseText(text))
      }),
    )
  })

  test('holds none of what it removes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normaliseText(text)).not.toMatch(
          /[أإآٱىیک\u0640٠-٩۰-۹]|[\u064B-\u0652]|[\u200B-\u200F\u2066-\u2069]/u,
        )
      }),
    )
  })
})

describe('words', () => {
  test('are letters and digits, in order', () => {
    expect(tokenise('دليل الإكسل، (2026) — والقوالب!')).toEqual(['دليل', 'الاكسل', '2026', 'القوالب'])
    expect(tokenise('…')).toEqual([])
  })

  test('have Latin digits', () => {
    expect(latinDigits('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ 5')).toBe('0123456789 0123456789 5')
  })

  test('figures of a sentence with their separators', () => {
    expect(arabicFigures('بقي 7 من 1,250، أي 0.5 %')).toBe('بقي ٧ من ١٬٢٥٠، أي ٠٫٥ ٪')
  })
})

describe('the highlighter', () => {
  const hits = (original: string, query: string) =>
    highlight(original, query)
      .filter((segment) => segment.hit)
      .map((segment) => segment.text)

  test.each<[string, string, string[]]>([
    ['دليلُ الكِتابِ العربيّ', 'كتاب', ['الكِتابِ']],
    ['دليل الكتاب والكتابة', 'كتاب', ['الكتاب', 'والكتابة']],
    ['كتاب في الطبخ', 'الكتاب', ['كتاب']],
    ['مستشفى المدينة', 'مستشفي', ['مستشفى']],
    ['قالب Excel للميزانية', 'EXC', ['Excel']],
    ['قالب ٢٠٢٦', '2026', ['٢٠٢٦']],
    ['و هي و', 'و', ['و', 'و']],
    ['كتاب', '', []],
    ['كتاب', '؟!', []],
    ['مكتبة', 'كتب', []],
  ])('in %s asked for %s finds %j', (original, query, expected) => {
    expect(hits(original, query)).toEqual(expected)
  })

  test('gives the original back, in alternating stretches, whatever is asked', () => {
    fc.assert(
      fc.property(anyText, anyText, (original, query) => {
        const segments = highlight(original, query)
        expect(segments.map((segment) => segment.text).join('')).toBe(original)
        for (const [index, segment] of segments.entries()) {
          expect(segment.text).not.toBe('')
          expect(segment.hit).not.toBe(segments[index + 1]?.hit)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('finds each word of a text in that text', () => {
    const words = fc.array(
      fc.string({ unit: fc.constantFrom(...Array.from('ابتالوفىةأئکگدeZ٣َـ')), minLength: 1, maxLength: 8 }),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    fc.assert(
      fc.property(words, (list) => {
        const original = list.join(' ')
        for (const word of list.filter((each) => tokenise(each).length > 0)) {
          expect(hits(original, word).join(' ')).toContain(word.replace(/^[َـ]+/u, ''))
        }
      }),
    )
  })
})

describe('the first name', () => {
  test.each([
    ['محمد علي حسن', 'محمد'],
    ['أبو بكر الصديق', 'أبو بكر'],
    ['أم كلثوم إبراهيم', 'أم كلثوم'],
    ['عبد الرحمن الكندي', 'عبد الرحمن'],
    ['عبدالله سالم', 'عبدالله'],
    ['د. عبد العزيز الفهد', 'عبد العزيز'],
    ['د.أحمد زويل', 'أحمد'],
    ['أ.د. ليلى حداد', 'ليلى'],
    ['المهندسة سارة', 'سارة'],
    ['أبو عبد الله محمد', 'أبو عبد الله'],
    ['Dr. Layla Haddad', 'Layla'],
    ['Abu Bakr Salim', 'Abu Bakr'],
    ['  Sara  ', 'Sara'],
    ['أبو', 'أبو'],
    ['د.', 'د.'],
    ['', ''],
  ])('of %s is %s', (full, first) => {
    expect(firstName(full)).toBe(first)
  })
})
