import type { Ctx } from '../../../platform/ctx.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { Locale } from '../../../shared/locale.ts'
import type { Assessment } from '../assessment-schema.ts'
import { openQuestions } from '../rules/assessment/answers.ts'
import { findContradictions } from '../rules/assessment/contradictions.ts'
import { QUESTIONS } from '../rules/assessment/questions.ts'
import { reachOf } from '../rules/assessment/rails.ts'
import type { Answers, Question } from '../rules/assessment/types.ts'
import type { OwnAssessment } from './own-assessment.ts'

const SECONDS_EACH = 35

/** The conversation in the language of the request. */
export function describeAssessment({ locale }: Pick<Ctx, 'locale'>, own: OwnAssessment): Assessment {
  const { answers, settled, updatedAt } = own
  const open = openQuestions(answers)
  const contradictions = findContradictions(answers, settled)
  return {
    questions: QUESTIONS.map((question) => describeQuestion(question, answers, locale)),
    answered: QUESTIONS.length - open.length,
    next: open[0] ?? null,
    minutesLeft: Math.ceil((open.length * SECONDS_EACH) / 60),
    contradictions: contradictions.map(({ id, questions, ask }) => ({
      id,
      questions: [...questions],
      text: ask[locale],
    })),
    ready: open.length === 0 && contradictions.length === 0,
    updatedAt: updatedAt?.toISOString() ?? null,
  }
}

function describeQuestion(
  { id, part, kind, text, help, options }: Question,
  answers: Answers,
  locale: Locale,
): Assessment['questions'][number] {
  const answer = answers[id]
  return {
    id,
    part,
    kind,
    text: text[locale],
    help: help?.[locale] ?? null,
    options: options.map((option) => ({
      id: option.id,
      text: option.text[locale],
      alone: option.alone === true,
      ...(id === 'rails' ? aboutRail(option.id, answers, locale) : { note: null, source: null }),
    })),
    answer: answer === undefined ? null : typeof answer === 'string' ? answer : [...answer],
  }
}

/** Rails of strangers' money; cash and nothing need no provider. */
const WITHOUT_PROVIDER = ['cash', 'none']

function aboutRail(
  rail: string,
  { country }: Answers,
  locale: Locale,
): { note: string | null; source: string | null } {
  if (typeof country !== 'string' || WITHOUT_PROVIDER.includes(rail)) return { note: null, source: null }
  const { reach, source } = reachOf(country, rail)
  return { note: t(locale, `planner.reach.${reach}`), source: source?.text[locale] ?? null }
}
