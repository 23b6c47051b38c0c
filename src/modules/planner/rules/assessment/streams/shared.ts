import type { Source } from '../types.ts'

/** Ways of being paid by a platform or a store of one's own. */
export const SELLING_RAILS = ['bank', 'paypal', 'payoneer', 'wise', 'stripe', 'gateway'] as const

/** Ways in which platforms abroad pay. */
export const PLATFORM_RAILS = ['bank', 'paypal', 'payoneer', 'wise'] as const

/** Nothing reliable was found: the range is our judgement, and the reader's own figures should take its place. */
export const NO_DATA: Source = {
  kind: 'none',
  text: {
    en: 'No reliable data: a judgement, to be replaced by your own figures',
    ar: 'لا بيانات موثوقة: تقدير منا، تحلّ أرقامك محلّه',
  },
}

/** Sellers on Gumroad in one month; those who never sold are not among them. */
export const GUMROAD: Source = {
  kind: 'published',
  text: {
    en: 'Gumroad, September 2020, 19,480 sellers with a sale; those who never sold are left out',
    ar: 'Gumroad، سبتمبر 2020، 19,480 بائعًا لهم مبيعات، ولا يشمل من لم يبع قط',
  },
}
