import type { Profile } from '../types.ts'
import { NO_DATA, SELLING_RAILS } from './shared.ts'

/** Recorded lessons. */
export const course: Profile = {
  id: 'course',
  kind: 'other',
  name: { en: 'Course', ar: 'الدورة التعليمية' },
  line: {
    en: 'You record what you teach, and learners take it at their own pace.',
    ar: 'تسجّل ما تعلّمه، ويتعلمه الناس في أوقاتهم.',
  },
  base: {
    points: 49,
    why: {
      en: 'It sells at a higher price than a text, but is much work before the first sale.',
      ar: 'سعره أعلى من النص، لكن عمله كثير قبل أول بيع.',
    },
  },
  wants: [
    {
      question: 'hours',
      from: 3,
      weight: 13,
      why: { en: 'Recording and mending take long.', ar: 'التسجيل والتعديل يطولان.' },
    },
    {
      question: 'months',
      from: 2,
      weight: 10,
      why: { en: 'The work comes months before the sales.', ar: 'العمل يسبق البيع بأشهر.' },
    },
    {
      question: 'finish',
      from: 3,
      weight: 11,
      why: { en: 'Half a course cannot be sold.', ar: 'نصف دورة لا يُباع.' },
    },
    {
      question: 'reach',
      from: 2,
      weight: 9,
      why: { en: 'Learners have to hear of it.', ar: 'لا بد أن يسمع بها المتعلمون.' },
    },
    {
      question: 'proof',
      from: 1,
      weight: 8,
      why: { en: 'A price that somebody asked for shows demand.', ar: 'سؤال أحدهم عن السعر علامة طلب.' },
    },
    {
      question: 'patience',
      from: 2,
      weight: 8,
      why: { en: 'The months after the launch are quiet.', ar: 'الأشهر بعد الإطلاق هادئة.' },
    },
  ],
  suits: [
    {
      question: 'wish',
      option: 'lasting',
      points: 12,
      why: { en: 'Recorded once, it goes on teaching.', ar: 'تُسجَّل مرة وتبقى تعلّم.' },
    },
    {
      question: 'asked',
      option: 'teaching',
      points: 12,
      why: { en: 'People ask you to explain: that is the course.', ar: 'الناس يطلبون شرحك، وهذه هي الدورة.' },
    },
    {
      question: 'owned',
      option: 'lessons',
      points: 14,
      why: { en: 'You know which lessons work.', ar: 'تعرف أي الدروس ينفع.' },
    },
  ],
  gates: [
    { question: 'hours', from: 1, why: { en: 'Nobody records in no hours.', ar: 'لا تُسجَّل بلا ساعات.' } },
    {
      question: 'months',
      from: 1,
      why: { en: 'It brings nothing in the first weeks.', ar: 'لا تأتي بشيء في أسابيعها الأولى.' },
    },
  ],
  rails: SELLING_RAILS,
  interest: 'free',
  heavy: false,
  odds: {
    text: {
      en: 'Nobody publishes how the income of courses is distributed. What platforms tell are their best cases.',
      ar: 'لا أحد ينشر كيف يتوزع دخل الدورات، وما تذكره المنصات أفضل حالاتها.',
    },
    source: NO_DATA,
  },
  first: {
    months: [3, 10],
    money: { en: 'a microphone and light', ar: 'ميكروفون وإضاءة' },
    source: NO_DATA,
  },
  steps: [
    {
      en: 'Teach one lesson live to five people and note their questions.',
      ar: 'قدّم درسًا مباشرًا لخمسة أشخاص ودوّن أسئلتهم.',
    },
    {
      en: 'Sell a short course of three lessons before you record the long one.',
      ar: 'بِع دورة من ثلاثة دروس قبل تسجيل الطويلة.',
    },
    {
      en: 'Record only what those who paid asked for, by a date.',
      ar: 'سجّل ما طلبه من دفعوا فقط، بموعد محدد.',
    },
  ],
}
