import type { Assessment } from '../../../api/assessment.ts'

/** What was answered to a question, in its words. */
export function answerText({ options, answer }: Assessment['questions'][number]): string {
  const chosen = typeof answer === 'string' ? [answer] : (answer ?? [])
  return options
    .filter(({ id }) => chosen.includes(id))
    .map(({ text }) => text)
    .join(' · ')
}
