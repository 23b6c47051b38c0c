import { questionOf } from './questions.ts'
import type { Profile, QuestionId } from './types.ts'

/** All weights as the table of docs/assessment.md: a line for each, with the answer, the points and the reason. */
export function weightsTable(profiles: readonly Profile[]): string {
  return profiles
    .flatMap((profile) => [...head(profile), ...lines(profile), ''])
    .join('\n')
    .trimEnd()
}

function head({ name, interest, heavy }: Profile): string[] {
  const marks = [
    ...(heavy ? ['takes money that may be lost'] : []),
    ...(interest === 'bears' ? ['bears interest'] : interest === 'disputed' ? ['scholars differ'] : []),
  ]
  return [
    `### ${name.en} · ${name.ar}${marks.length === 0 ? '' : ` (${marks.join('; ')})`}`,
    '',
    '| what | answer | points | why |',
    '| --- | --- | --- | --- |',
  ]
}

function lines({ base, suits, wants, gates, rails }: Profile): string[] {
  return [
    `| base | | ${base.points} | ${base.why.en} |`,
    ...suits.map(
      ({ question, option, points, why }) =>
        `| suits | ${question}: ${optionText(question, option)} | +${points} | ${why.en} |`,
    ),
    ...wants.map(
      ({ question, from, weight, why }) =>
        `| wants | ${question}, from: ${stepText(question, from)} | −${weight} if all of it lacks | ${why.en} |`,
    ),
    ...gates.map(
      ({ question, from, why }) =>
        `| gate | ${question}, below: ${stepText(question, from)} | avoid now | ${why.en} |`,
    ),
    `| gate | rails, none of: ${rails.join(', ')} | avoid now | Its payments have to reach the person. |`,
  ]
}

function optionText(question: QuestionId, option: string): string {
  return questionOf(question).options.find(({ id }) => id === option)?.text.en ?? ''
}

function stepText(question: QuestionId, step: number): string {
  return questionOf(question).options[step]?.text.en ?? ''
}
