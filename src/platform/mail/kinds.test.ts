import { expect, test } from 'vitest'
import type { Locale } from '../../shared/locale.ts'
import { ACCOUNT_CHANGES, accountMail, accountNotice } from './account-kinds.ts'
import * as kinds from './kinds.ts'
import type { MailContent } from './message.ts'
import { memberRemovedMail, ownershipOfferMail, ownershipTakenMail, tokenMadeMail } from './team-kinds.ts'

const hostile = `<img src=x onerror="alert(1)">&amp; "'\r\nBcc: all@example.com`

function allKinds(locale: Locale, word: string): MailContent[] {
  const store = { name: word, url: 'https://shop.example/ar/store', supportEmail: 'help@shop.example' }
  const url = 'https://shop.example/x?a=1&b="2'
  const amount = { amountMinor: 4_500n, currency: 'KWD' } as const
  const lines = [{ title: word, quantity: 2, total: amount }]
  const order = {
    locale,
    store,
    buyerName: word,
    orderNumber: '7K2M-9QXT',
    lines,
    total: amount,
    tax: amount,
  }
  const account = { locale, name: word, url, validMinutes: 30 }
  const paidAt = new Date('2026-11-21T10:00:00Z')
  return [
    kinds.receiptMail({
      ...order,
      paidAt,
      timeZone: 'Asia/Riyadh',
      downloadUrl: url,
      invoiceUrl: url,
      isTest: true,
    }),
    kinds.refundMail({ ...order, whole: false, reason: word, creditNoteUrl: url }),
    kinds.purchasesLinkMail({ locale, store, url, validMinutes: 2 }),
    kinds.newVersionMail({ locale, store, productTitle: word, version: word, notes: word, downloadUrl: url }),
    ...(['verify-email', 'change-email', 'reset-password', 'sign-in-link'] as const).map((kind) =>
      accountMail(kind, account),
    ),
    ...ACCOUNT_CHANGES.map((change) =>
      accountNotice({ locale, name: word, change, at: paidAt, from: '192.0.2.7', url }),
    ),
    kinds.invitationMail({
      locale,
      workspaceName: word,
      inviterName: word,
      roleName: word,
      url,
      validDays: 7,
    }),
    ...teamMails(locale, word, url),
  ]
}

function teamMails(locale: Locale, word: string, url: string): MailContent[] {
  const team = { locale, name: word, workspaceName: word, url }
  const token = { tokenName: word, makerName: word, rights: [word, word], at: new Date(0), from: '192.0.2.7' }
  return [
    memberRemovedMail(team),
    ownershipOfferMail({ ...team, ownerName: word, shared: true, validDays: 7 }),
    ownershipOfferMail({ ...team, ownerName: word, shared: false, validDays: 2 }),
    ownershipTakenMail({ ...team, newOwnerName: word, shared: true }),
    ownershipTakenMail({ ...team, newOwnerName: word, shared: false }),
    tokenMadeMail({ ...team, ...token }),
    tokenMadeMail({ ...team, ...token, expiresAt: new Date(86_400_000) }),
  ]
}

test.each(['ar', 'en'] as const)('every mail has its direction, twice, and both parts (%s)', (locale) => {
  const direction = locale === 'ar' ? 'rtl' : 'ltr'
  for (const { subject, html, text } of allKinds(locale, 'Rafid رافد')) {
    expect(html).toContain(`<html lang="${locale}" dir="${direction}">`)
    expect(html).toMatch(new RegExp(`<div[^>]*class="page"[^>]*dir="${direction}"`))
    expect(html).toContain(`text-align:${locale === 'ar' ? 'right' : 'left'}`)
    expect(html).toContain('name="color-scheme" content="light dark"')
    expect(text.length).toBeGreaterThan(80)
    expect(text).not.toMatch(/<\w/)
    expect(subject).not.toBe('')
    // What is written in the other direction is isolated, and every isolate is closed.
    for (const part of [subject, text])
      expect(part.match(/[\u2066-\u2068]/gu)?.length).toBe(part.match(/\u2069/gu)?.length)
  }
})

test.each(['ar', 'en'] as const)(
  'what users wrote is never markup, and a subject is one line (%s)',
  (locale) => {
    for (const { subject, html } of allKinds(locale, hostile)) {
      expect(html).not.toContain('<img')
      expect(html).not.toContain('b="2')
      expect(subject).not.toMatch(/[\r\n]/)
    }
  },
)

test('a link that is not one of the web is a mistake', () => {
  const url = 'javascript:alert(1)'
  expect(() => accountMail('verify-email', { locale: 'ar', name: '', url, validMinutes: 1 })).toThrow(
    'assertion failed',
  )
})

test('Arabic counts as Arabic does', () => {
  const minutes = (validMinutes: number): string =>
    accountMail('reset-password', { locale: 'ar', name: '', url: 'https://x.example', validMinutes }).text
  expect(minutes(1)).toContain('لدقيقة واحدة')
  expect(minutes(2)).toContain('لدقيقتين')
  expect(minutes(5)).toContain('5 دقائق')
  expect(minutes(30)).toContain('30 دقيقة')
  expect(minutes(24 * 60)).toContain('24 ساعة')
  expect(minutes(90)).toContain('90 دقيقة')
})
