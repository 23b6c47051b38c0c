import { holds, stepOf } from './answers.ts'
import type { Answers, QuestionId, Words } from './types.ts'

/** A state in which the best advice is to begin nothing, and what to do first. */
export type NotYet = {
  readonly id: string
  readonly when: (answers: Answers) => boolean
  readonly quotes: readonly QuestionId[]
  readonly why: Words
  readonly steps: readonly [Words, Words, Words]
}

/** Fewer points than these, and nothing is recommended. See docs/assessment.md. */
export const LEAST_POINTS = 28

/** The reasons to begin nothing now; the first that holds is given. */
export const NOT_YET: readonly NotYet[] = [
  {
    id: 'dear-debts',
    when: (answers) =>
      stepOf(answers, 'debts') <= 1 && (stepOf(answers, 'hours') === 0 || isWithoutMeans(answers)),
    quotes: ['debts', 'hours', 'months'],
    why: {
      en: 'High interest or late payments cost more each month than a stream that is begun brings, and there is too little time to outrun them.',
      ar: 'الفائدة المرتفعة أو الأقساط المتأخرة تكلّف كل شهر أكثر مما يأتي به مصدر دخل في بدايته، والوقت أقل من أن يسبقها.',
    },
    steps: [
      {
        en: 'Write down every debt with its rate and its next date.',
        ar: 'اكتب كل دين ونسبته وموعده القادم.',
      },
      {
        en: 'Ask each lender in writing for a plan that you can keep, the dearest first.',
        ar: 'اطلب كتابةً من كل دائن خطة تقدر عليها، بدءًا بالأغلى.',
      },
      {
        en: 'Come back when three payments in a row were made on time; the answers are kept.',
        ar: 'عد بعد ثلاث دفعات متتالية في مواعيدها، فالأجوبة محفوظة.',
      },
    ],
  },
  {
    id: 'no-rail',
    when: (answers) => holds(answers, 'rails', 'none'),
    quotes: ['rails', 'country'],
    why: {
      en: 'Whatever is earned has to reach you. As long as no way is open, every stream ends before the last step.',
      ar: 'لا بد أن يصل إليك ما تكسبه. وما دام لا طريق مفتوحًا فكل مصدر دخل يقف قبل الخطوة الأخيرة.',
    },
    steps: [
      {
        en: 'Look at the list of ways for your country, and open one in your own name.',
        ar: 'انظر في قائمة الطرق لبلدك وافتح واحدًا باسمك.',
      },
      {
        en: 'Have a small sum sent to you by it, and note fees and days.',
        ar: 'اطلب أن يُرسل إليك به مبلغ صغير، وسجّل الرسوم والأيام.',
      },
      {
        en: 'Come back and change this one answer.',
        ar: 'عد وغيّر هذا الجواب وحده.',
      },
    ],
  },
  {
    id: 'no-means',
    when: (answers) => stepOf(answers, 'hours') === 0 && isWithoutMoney(answers),
    quotes: ['hours', 'capital', 'loss'],
    why: {
      en: 'A stream is fed with hours or with money that may be lost. At the moment there is neither, and that is no fault.',
      ar: 'مصدر الدخل يقوم على ساعات أو على مال يُحتمل فقده. وليس لديك الآن أيّ منهما، ولا عيب في ذلك.',
    },
    steps: [
      {
        en: 'Find three hours a week that stay free for a month.',
        ar: 'أوجد ثلاث ساعات في الأسبوع تبقى حرّة شهرًا.',
      },
      {
        en: 'Use them to write down what people ask you for.',
        ar: 'اكتب فيها ما يطلبه الناس منك.',
      },
      {
        en: 'Come back with those three hours.',
        ar: 'عد ومعك تلك الساعات الثلاث.',
      },
    ],
  },
]

/** The reason for which too little speaks for any stream. */
export const NOTHING_FITS: NotYet = {
  id: 'nothing-fits',
  when: () => true,
  quotes: ['hours', 'months', 'finish'],
  why: {
    en: 'Too much is lacking for any of the streams to be more than a hope. That changes with one or two answers.',
    ar: 'ينقص كل مصدر ما يجعله أكثر من أمل. ويتغير ذلك بجواب أو جوابين.',
  },
  steps: [
    {
      en: 'See below what would change the advice, and choose the nearest.',
      ar: 'انظر أدناه ما يغيّر النصيحة واختر أقربه.',
    },
    {
      en: 'Spend a month on that one thing, with a date.',
      ar: 'أعطِ ذلك الأمر وحده شهرًا بموعد.',
    },
    {
      en: 'Come back and change the answer.',
      ar: 'عد وغيّر الجواب.',
    },
  ],
}

function isWithoutMeans(answers: Answers): boolean {
  return stepOf(answers, 'hours') <= 1 && stepOf(answers, 'months') === 0 && isWithoutMoney(answers)
}

function isWithoutMoney(answers: Answers): boolean {
  return stepOf(answers, 'capital') === 0 || stepOf(answers, 'loss') === 0
}
