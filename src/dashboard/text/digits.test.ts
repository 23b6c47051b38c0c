import { expect, test } from 'vitest'
import { toArabicDigits } from './digits.ts'

test('digits become Arabic-Indic, but not in what must stay as it was written', () => {
  expect(toArabicDigits('بقي 7 من 10')).toBe('بقي ٧ من ١٠')
  expect(toArabicDigits('الفاتورة \u2068INV-2026-00007\u2069، قبل 3 أيام')).toBe(
    'الفاتورة \u2068INV-2026-00007\u2069، قبل ٣ أيام',
  )
})
