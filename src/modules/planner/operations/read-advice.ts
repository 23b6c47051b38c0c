import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Locale } from '../../../shared/locale.ts'
import type { AdviceView } from '../assessment-schema.ts'
import { AssessmentUnfinished } from '../errors.ts'
import { advise, type Advice } from '../rules/assessment/advice.ts'
import { openQuestions, quote } from '../rules/assessment/answers.ts'
import { findContradictions } from '../rules/assessment/contradictions.ts'
import { questionOf } from '../rules/assessment/questions.ts'
import { COUNTRIES, RAILS, reachOf } from '../rules/assessment/rails.ts'
import { PROFILES } from '../rules/assessment/streams/index.ts'
import type { Answers } from '../rules/assessment/types.ts'
import { describeAdvised } from './describe-advised.ts'
import { readOwnAssessment, type OwnAssessment } from './own-assessment.ts'

/** What the caller's answers come to. @throws AssessmentUnfinished */
export async function getAdvice(ctx: Ctx): Promise<AdviceView> {
  authorise(ctx, 'planner:read')
  const own = await readOwnAssessment(ctx)
  return describeAdvice(adviceOf(own), own.answers, { locale: ctx.locale, now: ctx.clock.now() })
}

/** The advice to answers that are whole. @throws AssessmentUnfinished */
export function adviceOf({ answers, settled }: OwnAssessment): Advice {
  const open = openQuestions(answers).length + findContradictions(answers, settled).length
  if (open > 0) throw new AssessmentUnfinished(open)
  return advise(PROFILES, answers)
}

type Reader = { locale: Locale; now: Date }

function describeAdvice(advice: Advice, answers: Answers, reader: Reader): AdviceView {
  const { locale } = reader
  const { recommended, notYet, alternatives, avoid, others } = advice
  const shown = (score: (typeof avoid)[number]) => describeAdvised(score, answers, reader)
  return {
    recommended: recommended === undefined ? null : shown(recommended),
    notYet:
      notYet === undefined
        ? null
        : {
            id: notYet.id,
            text: notYet.why[locale],
            quotes: notYet.quotes.map((question) => ({
              question,
              asked: questionOf(question).text[locale],
              quote: quote(answers, question)[locale],
              text: null,
            })),
            steps: notYet.steps.map((step) => step[locale]),
          },
    alternatives: alternatives.map(shown),
    avoid: avoid.map(shown),
    others: others.map(({ profile, points }) => ({
      stream: profile.id,
      name: profile.name[locale],
      points: Math.round(points),
    })),
    changes: describeChanges(advice, answers, locale),
    interest: describeInterest(advice, locale),
    rails: describeRails(answers, locale),
    country: quote(answers, 'country')[locale],
  }
}

function describeChanges({ changes }: Advice, answers: Answers, locale: Locale): AdviceView['changes'] {
  return changes.map(({ question, to, recommended }) => {
    const { text, options, kind } = questionOf(question)
    return {
      question,
      questionText: text[locale],
      from: quote(answers, question)[locale],
      to: options.find(({ id }) => id === to)?.text[locale] ?? to,
      adds: kind === 'set',
      stream: recommended ?? null,
      name: PROFILES.find(({ id }) => id === recommended)?.name[locale] ?? null,
    }
  })
}

function describeInterest({ interest }: Advice, locale: Locale): AdviceView['interest'] {
  if (interest === undefined) return null
  const { leftOut, instead, perThousand } = interest
  return {
    leftOut: leftOut.name[locale],
    instead: instead?.name[locale] ?? null,
    perThousand: perThousand ?? null,
    sources: [leftOut, instead].flatMap((profile) =>
      profile?.yearly === undefined ? [] : [profile.yearly.source.text[locale]],
    ),
  }
}

function describeRails(answers: Answers, locale: Locale): AdviceView['rails'] {
  const country = typeof answers.country === 'string' ? answers.country : (COUNTRIES.at(-1)?.id ?? '')
  return RAILS.filter(({ id }) => id !== 'none' && id !== 'cash').map(({ id, text }) => {
    const { reach, source } = reachOf(country, id)
    return { id, name: text[locale], reach, source: source?.text[locale] ?? null }
  })
}
