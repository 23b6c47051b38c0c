import type { Profile } from '../types.ts'
import { GUMROAD, NO_DATA, SELLING_RAILS } from './shared.ts'

/** Templates, tools, assets: files that are made once. */
export const digitalProduct: Profile = {
  id: 'digital-product',
  kind: 'other',
  name: { en: 'Digital product', ar: 'المنتج الرقمي' },
  line: {
    en: 'You make a file once that saves others work, and sell it again and again.',
    ar: 'تصنع ملفًا مرة يوفّر على غيرك عملًا، وتبيعه مرارًا.',
  },
  base: {
    points: 52,
    why: {
      en: 'No hand on each sale and little to lose, but most sell little.',
      ar: 'لا يد على كل بيع، وما يُخسر قليل، لكن أكثرهم يبيع قليلًا.',
    },
  },
  wants: [
    {
      question: 'hours',
      from: 2,
      weight: 14,
      why: { en: 'It is built before anybody pays.', ar: 'يُبنى قبل أن يدفع أحد.' },
    },
    {
      question: 'months',
      from: 2,
      weight: 12,
      why: { en: 'Months pass until the first sales.', ar: 'تمرّ أشهر قبل المبيعات الأولى.' },
    },
    {
      question: 'finish',
      from: 2,
      weight: 12,
      why: { en: 'A product that is half finished sells nothing.', ar: 'المنتج الناقص لا يُباع.' },
    },
    {
      question: 'patience',
      from: 2,
      weight: 10,
      why: { en: 'Quiet months are the rule.', ar: 'الأشهر الهادئة هي القاعدة.' },
    },
    {
      question: 'odds',
      from: 2,
      weight: 8,
      why: { en: 'Few earn much, many little.', ar: 'قلة تكسب كثيرًا وكثرة تكسب قليلًا.' },
    },
    {
      question: 'reach',
      from: 1,
      weight: 7,
      why: { en: 'The first buyers come from people who know you.', ar: 'أول المشترين ممن يعرفونك.' },
    },
  ],
  suits: [
    {
      question: 'wish',
      option: 'lasting',
      points: 12,
      why: { en: 'It is built once and goes on selling.', ar: 'يُبنى مرة ويبقى يُباع.' },
    },
    {
      question: 'asked',
      option: 'tools',
      points: 11,
      why: {
        en: 'Sheets and tools that others ask for sell as files.',
        ar: 'الجداول والأدوات المطلوبة تُباع ملفات.',
      },
    },
    {
      question: 'asked',
      option: 'design',
      points: 10,
      why: { en: 'Designs sell as templates.', ar: 'التصاميم تُباع قوالب.' },
    },
    {
      question: 'owned',
      option: 'files',
      points: 13,
      why: { en: 'The first version lies in your own folders.', ar: 'النسخة الأولى في مجلداتك.' },
    },
  ],
  gates: [
    {
      question: 'hours',
      from: 1,
      why: { en: 'Nobody builds it in no hours.', ar: 'لا يُبنى بلا ساعات.' },
    },
    {
      question: 'months',
      from: 1,
      why: { en: 'It brings nothing in the first weeks.', ar: 'لا يأتي بشيء في أسابيعه الأولى.' },
    },
  ],
  rails: SELLING_RAILS,
  interest: 'free',
  heavy: false,
  odds: {
    text: {
      en: 'Of 19,480 sellers with a sale in that month, 1,657 sold for more than 1,000 dollars and 192 for more than 10,000.',
      ar: 'من 19,480 بائعًا باعوا في ذلك الشهر، تجاوز 1,657 ألف دولار، وتجاوز 192 عشرة آلاف.',
    },
    source: GUMROAD,
  },
  first: {
    months: [2, 9],
    money: { en: 'little: the price of tools', ar: 'قليل: ثمن الأدوات' },
    source: NO_DATA,
  },
  steps: [
    {
      en: 'Choose the file that you were asked for most and write for whom it is.',
      ar: 'اختر أكثر ملف طُلب منك واكتب لمن هو.',
    },
    {
      en: 'Put up a page with a price before it is finished, and show it to twenty people.',
      ar: 'انشر صفحة بسعر قبل أن يكتمل، واعرضها على عشرين شخصًا.',
    },
    {
      en: 'Finish the smallest version that the first buyer can use, with a date.',
      ar: 'أنجز أصغر نسخة تنفع أول مشترٍ، بموعد محدد.',
    },
  ],
}
