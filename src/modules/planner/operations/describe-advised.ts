import { t } from '../../../platform/i18n/index.ts'
import type { Locale } from '../../../shared/locale.ts'
import type { Advised, Reason } from '../assessment-schema.ts'
import { quote } from '../rules/assessment/answers.ts'
import { questionOf } from '../rules/assessment/questions.ts'
import { isOpen, type Score } from '../rules/assessment/score.ts'
import type { Answers, QuestionId, Words } from '../rules/assessment/types.ts'

const MOST_REASONS = 4
const UNASKED = { question: null, asked: null, quote: null }
const MONTH_DAYS = 30.44
const DAY_MS = 86_400_000

/** One stream of the advice, with reasons that quote the answers. */
export function describeAdvised(
  score: Score,
  answers: Answers,
  { locale, now }: { locale: Locale; now: Date },
): Advised {
  const { profile, points } = score
  const { odds, first } = profile
  return {
    stream: profile.id,
    name: profile.name[locale],
    line: profile.line[locale],
    points: Math.round(points),
    interest: profile.interest,
    takesMoney: profile.heavy,
    open: isOpen(score),
    for: reasonsFor(score, answers, locale),
    against: reasonsAgainst(score, answers, locale),
    odds: {
      text: odds.text[locale],
      source: odds.source.text[locale],
      published: odds.source.kind === 'published',
    },
    steps: profile.steps.map((step) => step[locale]),
    first: {
      monthsLeast: first.months[0],
      monthsMost: first.months[1],
      money: first.money[locale],
      source: first.source.text[locale],
      published: first.source.kind === 'published',
    },
    killOn: killDay(first.months[1], now),
  }
}

/** The kill date to begin with: half as long again as the slowest usual first income. */
export function killDay(months: number, now: Date): string {
  return new Date(now.getTime() + 1.5 * months * MONTH_DAYS * DAY_MS).toISOString().slice(0, 10)
}

type Quoting = { answers: Answers; locale: Locale }

function reason(question: QuestionId, why: Words, { answers, locale }: Quoting): Reason {
  return {
    question,
    asked: questionOf(question).text[locale],
    quote: quote(answers, question)[locale],
    text: why[locale],
  }
}

/** The answers that suit it, then what it wants and has in full, the weightiest first; at last what always speaks for it. */
function reasonsFor({ profile, suits, wants }: Score, answers: Answers, locale: Locale): Reason[] {
  const has = wants
    .filter(({ lost }) => lost === 0)
    .toSorted((one, other) => other.points - one.points)
    .map(({ of }) => of)
  const quoting = { answers, locale }
  const found = [
    ...suits.map(({ question, why }) => reason(question, why, quoting)),
    ...has.map(({ question, why }) => reason(question, why, quoting)),
  ]
  return [...found.slice(0, MOST_REASONS - 1), { ...UNASKED, text: profile.base.why[locale] }]
}

/** Gates that are shut, ways of being paid, interest; then what lacks most. */
function reasonsAgainst(score: Score, answers: Answers, locale: Locale): Reason[] {
  const { profile, shut, unpaid, leftOut, wants } = score
  const quoting = { answers, locale }
  const lacking = wants
    .filter(({ lost, of }) => lost > 0 && !shut.some(({ question }) => question === of.question))
    .toSorted((one, other) => other.lost - one.lost)
  return [
    ...(leftOut ? [reason('interest', said('planner.left-out'), quoting)] : []),
    ...shut.map(({ question, why }) => reason(question, why, quoting)),
    ...(unpaid ? [reason('rails', said('planner.unpaid'), quoting)] : []),
    ...lacking.map(({ of }) => reason(of.question, of.why, quoting)),
    ...(profile.interest === 'disputed' ? [{ ...UNASKED, text: t(locale, 'planner.disputed') }] : []),
  ].slice(0, MOST_REASONS)
}

function said(key: string): Words {
  return { ar: t('ar', key), en: t('en', key) }
}
