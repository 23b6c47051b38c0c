import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COMMON_WORDS } from './common-passwords.ts'
import { faultOfPassword, isCommon } from './password.ts'

describe('guessed first', () => {
  test.each([
    '1234567890',
    '0987654321',
    '1111111111',
    '123123123123',
    'abcdefghij',
    'qwertyuiop',
    'qwerty123456',
    '1q2w3e4r5t',
    '1qaz2wsx3edc',
    'password123',
    'Password2024!',
    'P@ssw0rd123',
    '@dministrator',
    'passwordpassword',
    'iloveyou1234',
    'welcome-back1',
    'Mohammed1990',
    'ahmed.mohamed',
    'allahakbar123',
    'حشسسصخقي١٢٣',
    'ضصثقفغعهخح',
    'كلمةالسر123',
    'بسم الله الرحمن الرحيم',
    'لاإله إلاالله',
    'محمد أحمد 123',
    'ابتثجحخدذر',
    'ااااااااااا',
    'a123456789',
    '147258369a',
    '1029384756',
    '1122334455',
    '3141592653',
    'cheerleader1',
    'goodmorning!!',
    'callofduty12',
    'mynameis1234',
    'zainab123456',
    'Christopher1',
  ])('%s', (password) => {
    expect(isCommon(password)).toBe(true)
  })
})

describe('left to people', () => {
  test.each([
    'turquoise kettle ploughs',
    'xkq7mfw2bv',
    'قلم رصاص فوق سطح البيت',
    'نهرٌ يجري تحت الجسر',
    'Tr0ub4dor&3 staple',
    '4839201746',
    'love 4839201746',
    'seven old clocks on the wall',
    'the night my name was moss',
    '7305518264',
  ])('%s', (password) => {
    expect(faultOfPassword(password, [])).toBeUndefined()
  })
})

test('length counts characters, not bytes or code units', () => {
  expect(faultOfPassword('نهر يجري', [])).toBe('workspaces.password.too-short')
  expect(faultOfPassword('🌊🌊🌊🌊🌊🌊🌊🌊🌊', [])).toBe('workspaces.password.too-short')
  expect(faultOfPassword('k7'.repeat(65), [])).toBe('workspaces.password.too-long')
})

test("a person's own name or address is no password", () => {
  const personal = ['Rasheed Haddad', 'rasheedhaddad@example.com']
  expect(faultOfPassword('RasheedHaddad1', personal)).toBe('workspaces.password.personal')
  expect(faultOfPassword('rasheed.haddad', personal)).toBe('workspaces.password.personal')
  expect(faultOfPassword('haddad paints fences', personal)).toBeUndefined()
})

test('random passwords are hardly ever refused', () => {
  const random = fc.string({
    minLength: 12,
    maxLength: 24,
    unit: fc.constantFrom(...'bcdfghjkmnpqrtvwxz2689#%'.split('')),
  })
  const sample = fc.sample(random, { numRuns: 2000, seed: 7 })
  expect(sample.filter(isCommon).length).toBeLessThan(5)
})

test('the list is of the size that its comment promises', () => {
  expect(COMMON_WORDS.size).toBeGreaterThan(1_300)
})
