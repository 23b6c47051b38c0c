import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { latinSlugSchema, slugify, slugKey, slugSchema } from './slug.ts'

describe('slugs', () => {
  test.each([
    ['دليل الميزانية المنزلية', 'دليل-الميزانية-المنزلية'],
    ['كيف تَصِلُ إلى هدفك؟ (٢٠٢٦)', 'كيف-تصل-إلى-هدفك-2026'],
    ['  Home — Budget!  ', 'home-budget'],
    ['قالب Excel', 'قالب-excel'],
    ['a/../b', 'a-b'],
    ['كتـــاب\u202Eabc', 'كتابabc'],
    ['؟!', ''],
  ])('of %j is %j', (title, slug) => {
    expect(slugify(title)).toBe(slug)
  })

  test('are cut at a word’s end, and a single long word within', () => {
    expect(slugify('ا'.repeat(100))).toBe('ا'.repeat(80))
    expect(slugify(`${'ا'.repeat(50)} ${'ب'.repeat(40)}`)).toBe('ا'.repeat(50))
    expect(slugify('𐎠'.repeat(60)).length).toBe(80)
  })

  test('of any title are valid, stable and safe in text of either direction', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        const slug = slugify(title)
        if (slug === '') return
        expect(slugSchema.safeParse(slug).success).toBe(true)
        expect(slug).toMatch(/^[\p{L}\p{Nd}]+(?:-[\p{L}\p{Nd}]+)*$/u)
        expect(decodeURIComponent(encodeURIComponent(slug))).toBe(slug)
      }),
      { numRuns: 2_000 },
    )
  })

  test('that differ in spelling alone have one key', () => {
    expect(slugKey('الإستثمار-على-المدى')).toBe(slugKey('الاستثمار-علي-المدي'))
    expect(slugKey('دليل-أ')).not.toBe(slugKey('دليل-ب'))
  })

  test.each([
    '',
    '-',
    'a--b',
    '-a',
    'a-',
    'A',
    'a b',
    'a/b',
    'a_b',
    'كِتاب',
    'دليل\u200Fa',
    '٢٠٢٦',
    'ا'.repeat(81),
  ])('%j is refused', (slug) => {
    expect(slugSchema.safeParse(slug).success).toBe(false)
  })

  test('for sharing are Latin and short', () => {
    expect(latinSlugSchema.safeParse('home-budget-2').success).toBe(true)
    for (const slug of ['', 'a', 'دليل', 'Home', 'a--b', '-a', 'é1', 'a'.repeat(41), 'ab\n']) {
      expect(latinSlugSchema.safeParse(slug).success).toBe(false)
    }
  })
})
