import { describe, expect, test } from 'vitest'
import { createTranslate, flattenMessages, isolate, type MessageTree } from './messages.ts'

function translator(ar: MessageTree, en: MessageTree = {}) {
  const missing: string[] = []
  const onFault = (fault: string) => void missing.push(fault)
  return { t: createTranslate({ trees: { ar: [ar], en: [en] }, onFault }), missing }
}

describe('messages', () => {
  test('are found by their full key, nested or dotted', () => {
    const { t } = translator({ store: { cart: { title: 'السلة' } }, 'store.buy': 'شراء' })
    expect(t('ar', 'store.cart.title')).toBe('السلة')
    expect(t('ar', 'store.buy')).toBe('شراء')
  })

  test('that are missing give their key and are told of', () => {
    const { t, missing } = translator({ a: 'أ' })
    expect(t('en', 'a')).toBe('a')
    expect(t('ar', 'constructor')).toBe('constructor')
    expect(t('ar', 'a')).toBe('أ')
    expect(missing).toEqual(['no message a in en', 'no message constructor in ar'])
  })

  test('written twice are refused', () => {
    expect(() => flattenMessages([{ a: { b: '1' } }, { 'a.b': '2' }])).toThrow(/a\.b/)
  })

  test('without placeholders are given as they are, apostrophes and angle brackets included', () => {
    const { t } = translator({}, { plain: "Don't <b>", filled: "Don't <b> {n}", doubled: "It''s" })
    expect(t('en', 'plain')).toBe("Don't <b>")
    expect(t('en', 'filled', { n: 1 })).toBe("Don't <b> 1")
    expect(t('en', 'doubled')).toBe("It's")
  })

  test('use the six Arabic plural forms, with Latin digits', () => {
    const files = 'zero {لا ملفات} one {ملف} two {ملفان} few {# ملفات} many {# ملفًا} other {# ملف}'
    const { t } = translator({ files: `{count, plural, ${files}}` })
    const forms = [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 1.5, 1_003].map((count) =>
      t('ar', 'files', { count }),
    )
    expect(forms).toEqual([
      'لا ملفات',
      'ملف',
      'ملفان',
      '3 ملفات',
      '10 ملفات',
      '11 ملفًا',
      '99 ملفًا',
      '100 ملف',
      '102 ملف',
      '103 ملفات',
      '1.5 ملف',
      '1,003 ملفات',
    ])
  })

  test('without their values give their key and are told of', () => {
    const { t, missing } = translator({ hello: 'مرحبًا {name}' })
    expect(t('ar', 'hello')).toBe('hello')
    expect(missing).toEqual([expect.stringMatching(/hello.*name/)])
  })
})

describe('values', () => {
  const { t } = translator(
    {
      hello: 'مرحبًا {name}',
      kind: '{kind, select, file {ملف} other {غيره}} {name}',
      nested:
        '{n, plural, zero {} one {} two {} few {} many {} other {{kind, select, file {ملف} other {غيره}}}}',
    },
    { hello: 'Hello {name}' },
  )

  test('in the other direction, or without letters, are isolated', () => {
    expect(t('ar', 'hello', { name: 'Sara' })).toBe('مرحبًا \u2068Sara\u2069')
    expect(t('ar', 'hello', { name: '+966 50' })).toBe('مرحبًا \u2068+966 50\u2069')
    expect(t('en', 'hello', { name: 'سارة' })).toBe('Hello \u2068سارة\u2069')
  })

  test('in the same direction, and numbers, are not', () => {
    expect(t('ar', 'hello', { name: 'سارة' })).toBe('مرحبًا سارة')
    expect(t('en', 'hello', { name: 'Sara +1' })).toBe('Hello Sara +1')
    expect(t('ar', 'hello', { name: 5 })).toBe('مرحبًا 5')
  })

  test('that are isolated already are left as they are', () => {
    expect(t('ar', 'hello', { name: '\u2066USD 5\u2069' })).toBe('مرحبًا \u2066USD 5\u2069')
    expect(isolate('\u2068a\u2069 b \u2068c\u2069')).toBe('\u2068\u2068a\u2069 b \u2068c\u2069\u2069')
  })

  test('that choose a branch are compared as they are, also in a plural', () => {
    expect(t('ar', 'kind', { kind: 'file', name: 'x' })).toBe('ملف \u2068x\u2069')
    expect(t('ar', 'nested', { n: 100, kind: 'file' })).toBe('ملف')
  })
})
