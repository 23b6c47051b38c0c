import type { Option, Source, Words } from './types.ts'

/** The ways in which money can reach a person. */
export const RAILS: readonly Option[] = [
  { id: 'bank', text: { en: 'Transfer to my bank account', ar: 'حوالة إلى حسابي المصرفي' } },
  { id: 'paypal', text: { en: 'PayPal, receiving', ar: 'استلام عبر PayPal' } },
  { id: 'payoneer', text: { en: 'Payoneer', ar: 'Payoneer' } },
  { id: 'wise', text: { en: 'Wise', ar: 'Wise' } },
  { id: 'stripe', text: { en: 'Stripe', ar: 'Stripe' } },
  { id: 'gateway', text: { en: 'A local payment gateway or wallet', ar: 'بوابة دفع أو محفظة محلية' } },
  { id: 'crypto', text: { en: 'A wallet for coins that I control', ar: 'محفظة عملات رقمية بيدي' } },
  { id: 'cash', text: { en: 'Cash, from hand to hand', ar: 'نقدًا باليد' } },
  { id: 'none', text: { en: 'None of these, or I do not know', ar: 'لا شيء منها، أو لا أعرف' }, alone: true },
]

/** What is known of a rail in a country. `check`: ask the provider, nothing sure was found. */
export type Reach = 'reaches' | 'barred' | 'check'

/** A country, and what is known there. A rail that is not named is to be checked with its provider. */
export type Country = {
  readonly id: string
  readonly text: Words
  readonly rails: Readonly<Record<string, { readonly reach: Reach; readonly source: SourceId }>>
}

/** A page that was read, and when. */
export type SourceId = keyof typeof RAIL_SOURCES

/** Where the facts about rails come from. All were read in November 2026; providers change them without notice. */
export const RAIL_SOURCES = {
  'worldpay-bank': {
    kind: 'published',
    text: {
      en: 'Worldpay, bank payout coverage for Europe, the Middle East and Africa, read November 2026',
      ar: 'تغطية التحويلات المصرفية لدى Worldpay، قُرئت في نوفمبر 2026',
    },
  },
  'trolley-barred': {
    kind: 'published',
    text: {
      en: 'Trolley, list of countries without bank transfers, read November 2026',
      ar: 'قائمة Trolley للبلدان التي لا تصلها الحوالات، قُرئت في نوفمبر 2026',
    },
  },
  'paypal-list': {
    kind: 'published',
    text: {
      en: 'List of PayPal countries with withdrawal to a card or a bank in the United States, undated copy read November 2026',
      ar: 'قائمة بلدان PayPal التي يُسحب منها إلى بطاقة أو مصرف أمريكي، نسخة بلا تاريخ قُرئت في نوفمبر 2026',
    },
  },
  'paypal-payouts': {
    kind: 'published',
    text: {
      en: 'PayPal, payouts: supported features by country, June 2026',
      ar: 'PayPal، ميزات المدفوعات بحسب البلد، يونيو 2026',
    },
  },
  'upwork-payoneer': {
    kind: 'published',
    text: {
      en: 'Upwork help, Payoneer with additional steps in this country, read November 2026',
      ar: 'مساعدة Upwork: يعمل Payoneer في هذا البلد بخطوات إضافية، قُرئت في نوفمبر 2026',
    },
  },
} as const satisfies Record<string, Source>

const bank = { bank: { reach: 'reaches', source: 'worldpay-bank' } } as const
const paypal = { paypal: { reach: 'reaches', source: 'paypal-list' } } as const
const payoneer = { payoneer: { reach: 'reaches', source: 'upwork-payoneer' } } as const
const noBank = { bank: { reach: 'barred', source: 'trolley-barred' } } as const
const doubtfulBank = { bank: { reach: 'check', source: 'trolley-barred' } } as const

/** Payout rails by country. */
export const COUNTRIES: readonly Country[] = [
  { id: 'SA', text: { en: 'Saudi Arabia', ar: 'السعودية' }, rails: { ...bank, ...paypal, ...payoneer } },
  { id: 'AE', text: { en: 'United Arab Emirates', ar: 'الإمارات' }, rails: { ...bank, ...paypal } },
  { id: 'KW', text: { en: 'Kuwait', ar: 'الكويت' }, rails: { ...bank, ...paypal } },
  { id: 'QA', text: { en: 'Qatar', ar: 'قطر' }, rails: { ...bank, ...paypal } },
  {
    id: 'BH',
    text: { en: 'Bahrain', ar: 'البحرين' },
    rails: { ...bank, paypal: { reach: 'reaches', source: 'paypal-payouts' } },
  },
  { id: 'OM', text: { en: 'Oman', ar: 'عُمان' }, rails: { ...bank, ...paypal } },
  { id: 'YE', text: { en: 'Yemen', ar: 'اليمن' }, rails: doubtfulBank },
  { id: 'IQ', text: { en: 'Iraq', ar: 'العراق' }, rails: {} },
  { id: 'JO', text: { en: 'Jordan', ar: 'الأردن' }, rails: { ...bank, ...paypal } },
  { id: 'LB', text: { en: 'Lebanon', ar: 'لبنان' }, rails: bank },
  { id: 'PS', text: { en: 'Palestine', ar: 'فلسطين' }, rails: {} },
  { id: 'SY', text: { en: 'Syria', ar: 'سوريا' }, rails: noBank },
  { id: 'EG', text: { en: 'Egypt', ar: 'مصر' }, rails: { ...bank, ...payoneer } },
  { id: 'SD', text: { en: 'Sudan', ar: 'السودان' }, rails: noBank },
  { id: 'LY', text: { en: 'Libya', ar: 'ليبيا' }, rails: noBank },
  { id: 'TN', text: { en: 'Tunisia', ar: 'تونس' }, rails: { ...bank, ...payoneer } },
  { id: 'DZ', text: { en: 'Algeria', ar: 'الجزائر' }, rails: { ...paypal, ...payoneer } },
  { id: 'MA', text: { en: 'Morocco', ar: 'المغرب' }, rails: { ...bank, ...paypal, ...payoneer } },
  { id: 'MR', text: { en: 'Mauritania', ar: 'موريتانيا' }, rails: bank },
  { id: 'SO', text: { en: 'Somalia', ar: 'الصومال' }, rails: doubtfulBank },
  { id: 'DJ', text: { en: 'Djibouti', ar: 'جيبوتي' }, rails: {} },
  { id: 'KM', text: { en: 'Comoros', ar: 'جزر القمر' }, rails: {} },
  { id: 'TR', text: { en: 'Türkiye', ar: 'تركيا' }, rails: bank },
  { id: 'other', text: { en: 'Another country', ar: 'بلد آخر' }, rails: {} },
]

/** What is known of one way of being paid in one country. */
export function reachOf(country: string, rail: string): { reach: Reach; source: Source | undefined } {
  const known = COUNTRIES.find(({ id }) => id === country)?.rails[rail]
  if (known === undefined) return { reach: 'check', source: undefined }
  return { reach: known.reach, source: RAIL_SOURCES[known.source] }
}
