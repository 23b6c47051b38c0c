import { Temporal } from 'temporal-polyfill'
import type { Words } from './assessment/types.ts'

/** One question of the weekly review: a minute each. */
export type ReviewQuestion = { readonly id: ReviewQuestionId; readonly text: Words; readonly help: Words }

/** The names of the five questions. */
export const REVIEW_QUESTIONS = ['hours', 'done', 'heard', 'stuck', 'next'] as const

/** See REVIEW_QUESTIONS. */
export type ReviewQuestionId = (typeof REVIEW_QUESTIONS)[number]

/** Five questions for five minutes. */
export const REVIEW: readonly ReviewQuestion[] = [
  {
    id: 'hours',
    text: { en: 'How many hours did it get this week?', ar: 'كم ساعة نال هذا الأسبوع؟' },
    help: { en: 'A guess will do. None is an answer, too.', ar: 'يكفي التقدير. و«لا شيء» جواب أيضًا.' },
  },
  {
    id: 'done',
    text: { en: 'What is finished that was not a week ago?', ar: 'ما الذي اكتمل ولم يكن مكتملًا قبل أسبوع؟' },
    help: { en: 'One sentence.', ar: 'جملة واحدة.' },
  },
  {
    id: 'heard',
    text: { en: 'What did a buyer or reader say or do?', ar: 'ماذا قال مشترٍ أو قارئ أو ماذا فعل؟' },
    help: { en: 'If nobody did: whom did you ask?', ar: 'إن لم يكن أحد، فمن سألت؟' },
  },
  {
    id: 'stuck',
    text: { en: 'What is in the way?', ar: 'ما الذي يعترض الطريق؟' },
    help: { en: 'The first thing that comes to mind.', ar: 'أول ما يخطر لك.' },
  },
  {
    id: 'next',
    text: {
      en: 'What one thing will be done by next week?',
      ar: 'ما الشيء الواحد الذي يُنجز قبل الأسبوع القادم؟',
    },
    help: { en: 'Small enough for the hours that you have.', ar: 'صغير بقدر ساعاتك.' },
  },
]

/** The Monday of the week in which a day lies. */
export function mondayOf(day: string): string {
  const date = Temporal.PlainDate.from(day)
  return date.subtract({ days: date.dayOfWeek - 1 }).toString()
}

/** Whether a day is a Monday. */
export function isMonday(day: string): boolean {
  return mondayOf(day) === day
}
