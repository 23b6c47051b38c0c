import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dir, intlTag, isLocale, negotiate } from './locale.ts'

test.each<[string | undefined, 'ar' | 'en']>([
  [undefined, 'ar'],
  ['', 'ar'],
  ['en', 'en'],
  ['ar-EG,en;q=0.8', 'ar'],
  ['en-GB,ar;q=0.9', 'en'],
  ['fr,en;q=0.5,ar;q=0.4', 'en'],
  ['fr', 'ar'],
  ['*', 'ar'],
  ['en;q=0,*;q=0.5', 'ar'],
  ['en;q=0', 'ar'],
  ['en;q=0.2, ar;q=0.7', 'ar'],
  ['EN-us', 'en'],
  ['en;q=2,ar;q=0.1', 'ar'],
  ['english', 'ar'],
])('%j is answered in %s', (header, locale) => {
  expect(negotiate(header)).toBe(locale)
})

test('whatever is sent, a language comes out', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (header) => isLocale(negotiate(header))))
})

test('directions and tags', () => {
  expect([dir('ar'), dir('en')]).toEqual(['rtl', 'ltr'])
  expect(intlTag('ar')).toBe('ar-u-nu-latn')
  expect(new Intl.NumberFormat(intlTag('ar', 'arab')).format(12)).toBe('١٢')
  expect(isLocale('fr')).toBe(false)
})
