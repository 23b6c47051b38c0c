import type { Profile } from '../types.ts'
import { NO_DATA, SELLING_RAILS } from './shared.ts'

/** A site that brings enquiries, let to a business. */
export const siteLease: Profile = {
  id: 'site-lease',
  kind: 'site-lease',
  name: { en: 'Site lease', ar: 'تأجير المواقع' },
  line: {
    en: 'You build a site that is found, and let its enquiries to a business.',
    ar: 'تبني موقعًا يُعثر عليه وتؤجر استفساراته لمنشأة.',
  },
  base: {
    points: 41,
    why: {
      en: 'One tenant pays every month, but being found is uncertain.',
      ar: 'مستأجر واحد يدفع كل شهر، لكن العثور على الموقع غير مضمون.',
    },
  },
  wants: [
    {
      question: 'craft',
      from: 2,
      weight: 12,
      why: { en: 'You build it and keep it up yourself.', ar: 'تبنيه وتصونه بنفسك.' },
    },
    {
      question: 'hours',
      from: 2,
      weight: 10,
      why: { en: 'Pages are written before anybody calls.', ar: 'تُكتب الصفحات قبل أن يتصل أحد.' },
    },
    {
      question: 'months',
      from: 3,
      weight: 11,
      why: { en: 'Search engines take their time.', ar: 'محركات البحث تتمهّل.' },
    },
    {
      question: 'selling',
      from: 2,
      weight: 10,
      why: { en: 'The tenant has to be convinced in person.', ar: 'المستأجر يُقنع وجهًا لوجه.' },
    },
    {
      question: 'patience',
      from: 2,
      weight: 8,
      why: { en: 'Half a year without a call is usual.', ar: 'نصف سنة بلا اتصال أمر معتاد.' },
    },
  ],
  suits: [
    {
      question: 'wish',
      option: 'lasting',
      points: 11,
      why: { en: 'A tenant who gains stays for years.', ar: 'المستأجر الرابح يبقى سنين.' },
    },
    {
      question: 'owned',
      option: 'site',
      points: 24,
      why: { en: 'The enquiries come already.', ar: 'الاستفسارات تأتي أصلًا.' },
    },
  ],
  gates: [
    { question: 'hours', from: 1, why: { en: 'Nobody builds it in no hours.', ar: 'لا يُبنى بلا ساعات.' } },
    {
      question: 'months',
      from: 1,
      why: { en: 'It brings nothing for half a year.', ar: 'لا يأتي بشيء نصف سنة.' },
    },
  ],
  rails: SELLING_RAILS,
  interest: 'free',
  heavy: false,
  odds: {
    text: {
      en: '5.7 in a hundred pages come into the first ten results within a year. Sites sell for 25 to 36 times their monthly profit.',
      ar: 'تدخل 5.7 من كل مئة صفحة النتائج العشر الأولى خلال سنة. وتُباع المواقع بـ25 إلى 36 ضعف ربحها الشهري.',
    },
    source: {
      kind: 'published',
      text: {
        en: 'Study of pages in search, and prices at brokers of sites; only what was sold',
        ar: 'دراسة لصفحات البحث وأسعار وسطاء المواقع، وتشمل ما بيع فقط',
      },
    },
  },
  first: {
    months: [4, 18],
    money: { en: 'domain, hosting, some articles', ar: 'نطاق واستضافة وبعض المقالات' },
    source: NO_DATA,
  },
  steps: [
    {
      en: 'Choose a trade and a city, and count who searches for it.',
      ar: 'اختر مهنة ومدينة وعُدّ من يبحث عنهما.',
    },
    {
      en: 'Build five pages that answer what customers ask before they call.',
      ar: 'ابنِ خمس صفحات تجيب عما يسأله العميل قبل أن يتصل.',
    },
    {
      en: 'Give the first ten enquiries away free, and then name the rent.',
      ar: 'أهدِ أول عشرة استفسارات، ثم اذكر الإيجار.',
    },
  ],
}
