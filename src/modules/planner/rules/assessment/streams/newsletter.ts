import type { Profile } from '../types.ts'
import { NO_DATA, SELLING_RAILS } from './shared.ts'

/** Paid letters and memberships. */
export const newsletter: Profile = {
  id: 'newsletter',
  kind: 'other',
  name: { en: 'Paid newsletter', ar: 'النشرة المدفوعة' },
  line: {
    en: 'You follow one field for others and write what matters, at fixed times.',
    ar: 'تتابع مجالًا عن غيرك وتكتب ما يهم فيه، في مواعيد ثابتة.',
  },
  base: {
    points: 47,
    why: {
      en: 'Income comes back each month, but so does the work.',
      ar: 'الدخل يتكرر كل شهر، والعمل كذلك.',
    },
  },
  wants: [
    {
      question: 'patience',
      from: 3,
      weight: 13,
      why: {
        en: 'Readers are won one at a time, over years.',
        ar: 'القرّاء يُكسبون واحدًا واحدًا، على مدى سنين.',
      },
    },
    {
      question: 'hours',
      from: 2,
      weight: 12,
      why: { en: 'An issue a week does not wait.', ar: 'العدد الأسبوعي لا ينتظر.' },
    },
    {
      question: 'months',
      from: 3,
      weight: 11,
      why: { en: 'The first half year is written for nothing.', ar: 'نصف السنة الأول كتابة بلا مقابل.' },
    },
    {
      question: 'reach',
      from: 2,
      weight: 10,
      why: { en: 'A few in a hundred readers pay.', ar: 'يدفع قلة من كل مئة قارئ.' },
    },
    {
      question: 'finish',
      from: 2,
      weight: 8,
      why: { en: 'What was promised weekly has to come weekly.', ar: 'ما وُعد به أسبوعيًا يأتي أسبوعيًا.' },
    },
  ],
  suits: [
    {
      question: 'wish',
      option: 'lasting',
      points: 11,
      why: { en: 'Readers who stay pay again.', ar: 'القارئ الباقي يدفع من جديد.' },
    },
    {
      question: 'asked',
      option: 'field',
      points: 13,
      why: { en: 'You are asked what is new: that is the letter.', ar: 'تُسأل عن الجديد، وهذه هي النشرة.' },
    },
    {
      question: 'owned',
      option: 'list',
      points: 15,
      why: { en: 'Readers who agreed are there.', ar: 'القرّاء الموافقون موجودون.' },
    },
  ],
  gates: [
    { question: 'hours', from: 1, why: { en: 'Nobody writes in no hours.', ar: 'لا تُكتب بلا ساعات.' } },
    {
      question: 'months',
      from: 1,
      why: { en: 'It brings nothing in the first months.', ar: 'لا تأتي بشيء في أشهرها الأولى.' },
    },
  ],
  rails: SELLING_RAILS,
  interest: 'free',
  heavy: false,
  odds: {
    text: {
      en: 'The median creator there had 6 paying members at about 4.50 dollars; fewer than one in ten had more than 100.',
      ar: 'وسيط الصنّاع هناك 6 مشتركين بنحو 4.50 دولار، وأقل من عُشرهم تجاوز 100.',
    },
    source: {
      kind: 'published',
      text: {
        en: 'Patreon, fitted from published shares; only those with a page',
        ar: 'Patreon، من النسب المنشورة، ويشمل من لهم صفحة فقط',
      },
    },
  },
  first: { months: [4, 14], money: { en: 'next to nothing', ar: 'لا شيء يُذكر' }, source: NO_DATA },
  steps: [
    {
      en: 'Write four free issues in four weeks, on the same day each.',
      ar: 'اكتب أربعة أعداد مجانية في أربعة أسابيع، في اليوم نفسه.',
    },
    {
      en: 'Ask every reader for one question, and for one other reader.',
      ar: 'اطلب من كل قارئ سؤالًا واحدًا وقارئًا آخر.',
    },
    {
      en: 'Offer a paid issue at a hundred readers, and count.',
      ar: 'عند مئة قارئ اعرض عددًا مدفوعًا وعُدّ.',
    },
  ],
}
