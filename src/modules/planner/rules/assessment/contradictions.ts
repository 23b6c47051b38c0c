import { holds, stepOf } from './answers.ts'
import type { Answers, QuestionId, Words } from './types.ts'

/** Two answers that hardly hold together, and the sentence with which both are asked again. */
export type Contradiction = {
  readonly id: string
  readonly questions: readonly [QuestionId, QuestionId]
  readonly when: (answers: Answers) => boolean
  readonly ask: Words
}

/** What is asked again. A person may say that both are true after all; the gates of the streams hold all the same. */
export const CONTRADICTIONS: readonly Contradiction[] = [
  {
    id: 'loss-wish',
    questions: ['loss', 'wish'],
    when: (answers) => stepOf(answers, 'loss') === 0 && holds(answers, 'wish', 'capital'),
    ask: {
      en: 'You want money to bring more, and nothing of it may be lost. Everything that brings more can lose too. Which of the two matters more?',
      ar: 'تريد أن يزيد مالك، ولا تحتمل أن يضيع منه شيء. وكل ما يزيد قد ينقص. أيهما أهم لك؟',
    },
  },
  {
    id: 'loss-fall',
    questions: ['loss', 'fall'],
    when: (answers) => stepOf(answers, 'loss') === 0 && stepOf(answers, 'fall') === 2,
    ask: {
      en: 'Nothing may be lost, yet after a loss of a third you would go on adding. Would you look at both once more?',
      ar: 'لا تحتمل فقد شيء، ومع ذلك تواصل الإضافة بعد ضياع الثلث. هلّا نظرت فيهما ثانية؟',
    },
  },
  {
    id: 'hours-soon',
    questions: ['hours', 'wish'],
    when: (answers) => stepOf(answers, 'hours') === 0 && holds(answers, 'wish', 'soon'),
    ask: {
      en: 'You want money soon for work, and have no hours for it. Is there an hour a week that we overlooked?',
      ar: 'تريد مالًا قريبًا مقابل عمل، ولا ساعات لديك له. هل من ساعة في الأسبوع غابت عنا؟',
    },
  },
  {
    id: 'hours-proof',
    questions: ['hours', 'proof'],
    when: (answers) => stepOf(answers, 'hours') === 0 && stepOf(answers, 'proof') === 3,
    ask: {
      en: 'People pay you again and again, and there are no hours for it. Are those hours meant to go on?',
      ar: 'يدفع لك الناس مرارًا، ولا ساعات لديك. هل تنوي أن تبقى تلك الساعات؟',
    },
  },
  {
    id: 'capital-loss',
    questions: ['capital', 'loss'],
    when: (answers) => stepOf(answers, 'loss') > (MOST_LOSS[stepOf(answers, 'capital')] ?? 0),
    ask: {
      en: 'More may be lost than is set aside. Do you count money that is meant for something else?',
      ar: 'ما تحتمل فقده أكثر مما ادّخرت. هل حسبت مالًا مخصصًا لشيء آخر؟',
    },
  },
  {
    id: 'capital-wish',
    questions: ['capital', 'wish'],
    when: (answers) => stepOf(answers, 'capital') === 0 && holds(answers, 'wish', 'capital'),
    ask: {
      en: 'Money that you have should bring more, and nothing is set aside. Which of the two shall we go by?',
      ar: 'تريد أن يزيد مال عندك، ولم تدّخر شيئًا. على أيهما نعتمد؟',
    },
  },
  {
    id: 'asked-proof',
    questions: ['asked', 'proof'],
    when: (answers) => holds(answers, 'asked', 'none') && stepOf(answers, 'proof') >= 2,
    ask: {
      en: 'You were paid for something that people asked of you, and chose that they ask for nothing. What was it that they paid for?',
      ar: 'دُفع لك مقابل شيء طُلب منك، واخترت أنهم لا يطلبون شيئًا. ما الذي دفعوا فيه؟',
    },
  },
  {
    id: 'months-odds',
    questions: ['months', 'odds'],
    when: (answers) => stepOf(answers, 'months') === 0 && stepOf(answers, 'odds') === 3,
    ask: {
      en: "Not one month may pass without income, and you would choose one chance in ten. Would you choose so with this month's rent?",
      ar: 'لا يحتمل بيتك شهرًا بلا دخل، وتختار فرصة من عشر. هل تختارها بإيجار هذا الشهر؟',
    },
  },
  {
    id: 'debts-capital',
    questions: ['debts', 'capital'],
    when: (answers) => stepOf(answers, 'debts') === 0 && stepOf(answers, 'capital') >= 3,
    ask: {
      en: 'You are behind with payments, and much is set aside. Is that money free, or already owed?',
      ar: 'تأخرت عن أقساط، ولديك مدّخر كبير. هل ذلك المال حرّ أم مستحق أصلًا؟',
    },
  },
]

/** The furthest step of loss that each step of capital can bear: a week of nothing is nothing. */
const MOST_LOSS: readonly number[] = [0, 2, 3, 4, 4]

/** What is to be asked again now. Only answers that were given can contradict each other. */
export function findContradictions(answers: Answers, settled: readonly string[]): Contradiction[] {
  return CONTRADICTIONS.filter(
    ({ id, questions, when }) =>
      !settled.includes(id) &&
      questions.every((question) => answers[question] !== undefined) &&
      when(answers),
  )
}
