import type { Profile } from '../types.ts'
import { NO_DATA, SELLING_RAILS } from './shared.ts'

/** A book or guide as PDF and EPUB. */
export const eBook: Profile = {
  id: 'e-book',
  kind: 'other',
  name: { en: 'E-book or guide', ar: 'الكتاب الرقمي أو الدليل' },
  line: {
    en: 'You write down what you know on one question, well enough to be paid for.',
    ar: 'تكتب ما تعرفه عن سؤال واحد كتابةً تستحق أن يُدفع فيها.',
  },
  base: {
    points: 49,
    why: {
      en: 'It costs hardly more than hours, but a third of authors earned nothing.',
      ar: 'لا يكلّف سوى الساعات تقريبًا، لكن ثلث المؤلفين لم يكسبوا شيئًا.',
    },
  },
  wants: [
    {
      question: 'hours',
      from: 2,
      weight: 12,
      why: { en: 'A short guide is some sixty hours of writing.', ar: 'الدليل القصير نحو ستين ساعة كتابة.' },
    },
    {
      question: 'months',
      from: 2,
      weight: 10,
      why: { en: 'Writing comes months before selling.', ar: 'الكتابة تسبق البيع بأشهر.' },
    },
    {
      question: 'finish',
      from: 2,
      weight: 12,
      why: { en: 'Most books end in the third chapter.', ar: 'أكثر الكتب تتوقف عند الفصل الثالث.' },
    },
    {
      question: 'patience',
      from: 2,
      weight: 9,
      why: { en: 'Readers come slowly.', ar: 'القرّاء يأتون ببطء.' },
    },
    {
      question: 'odds',
      from: 2,
      weight: 9,
      why: { en: 'The outcomes lie far apart.', ar: 'النتائج متباعدة جدًا.' },
    },
    {
      question: 'reach',
      from: 1,
      weight: 7,
      why: { en: 'Somebody has to read it first.', ar: 'لا بدّ من قارئ أول.' },
    },
  ],
  suits: [
    {
      question: 'wish',
      option: 'lasting',
      points: 12,
      why: { en: 'Written once, it goes on selling.', ar: 'يُكتب مرة ويبقى يُباع.' },
    },
    {
      question: 'asked',
      option: 'writing',
      points: 12,
      why: { en: 'Writing that others ask for is half of it.', ar: 'كتابتك المطلوبة نصف الطريق.' },
    },
    {
      question: 'owned',
      option: 'texts',
      points: 14,
      why: { en: 'The chapters are partly there.', ar: 'بعض الفصول موجود.' },
    },
  ],
  gates: [
    { question: 'hours', from: 1, why: { en: 'Nobody writes in no hours.', ar: 'لا يُكتب بلا ساعات.' } },
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
      en: 'Of authors who publish themselves, three tenths earned nothing in the year; the fifth and sixth tenths about 250 and 885 dollars.',
      ar: 'من المؤلفين الناشرين لأنفسهم لم يكسب ثلاثة أعشار شيئًا في السنة، وكسب العشران الخامس والسادس نحو 250 و885 دولارًا.',
    },
    source: {
      kind: 'published',
      text: {
        en: 'Survey of self-published authors 2017, n = 1,291; answered by those who wished to',
        ar: 'استطلاع المؤلفين الناشرين لأنفسهم 2017، عددهم 1,291، أجاب من شاء',
      },
    },
  },
  first: {
    months: [2, 8],
    money: { en: 'little: a cover, a proofreader', ar: 'قليل: غلاف ومدقق' },
    source: NO_DATA,
  },
  steps: [
    {
      en: 'Write the one question that the book answers, and ten that belong to it.',
      ar: 'اكتب السؤال الذي يجيب عنه الكتاب وعشرة أسئلة تتبعه.',
    },
    {
      en: 'Publish one chapter free and count who asks for the next.',
      ar: 'انشر فصلًا مجانًا وعُدّ من يطلب التالي.',
    },
    {
      en: 'Set a date for forty pages, and offer them at a lower price to the first readers.',
      ar: 'حدّد موعدًا لأربعين صفحة واعرضها بسعر أقل على القرّاء الأوائل.',
    },
  ],
}
