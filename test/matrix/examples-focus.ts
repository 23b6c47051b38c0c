import { answerQuestion } from '../../src/modules/planner/operations/answer-assessment.ts'
import { beginFocus } from '../../src/modules/planner/operations/begin-focus.ts'
import { addMilestone } from '../../src/modules/planner/operations/change-milestones.ts'
import { QUESTIONS } from '../../src/modules/planner/rules/assessment/questions.ts'
import { createStream } from '../../src/modules/streams/index.ts'
import type { Ctx } from '../../src/platform/ctx.ts'
import type { Example } from './examples.ts'
import type { House } from './house.ts'

const money = (amount: string) => ({ amount, currency: 'SAR' }) as const
const LIMITS = {
  killOn: '2099-01-01',
  lossCap: money('50000'),
  rule: { months: 3, of: 4, amount: money('100000'), upkeepHours: 20 },
}

/** The owner has answered everything, and stays with one stream; gives its id and that of a milestone. */
export async function furnishFocus(ctx: Ctx): Promise<{ focusStream: string; milestone: string }> {
  for (const { id, kind, options } of QUESTIONS) {
    const second = options[1]?.id ?? ''
    await answerQuestion(ctx, id, kind === 'set' ? [second] : second)
  }
  const { id: focusStream } = await createStream(ctx, {
    kind: 'service',
    name: 'Editing',
    platform: '',
    payer: '',
    country: null,
    currency: 'SAR',
    beganOn: null,
    endedOn: null,
    lifeMonths: 36,
  })
  await beginFocus(ctx, { ...LIMITS, streamId: focusStream })
  const { id: milestone } = await addMilestone(ctx, { title: 'Three orders', dueOn: '2099-01-01' })
  return { focusStream, milestone }
}

/** The assessment, and the one stream. */
export const FOCUS: Readonly<Record<string, (house: House) => Example>> = {
  'PUT /assessment/answers/{question}': () => ({ params: { question: 'hours' }, body: { answer: 'some' } }),
  'PUT /assessment/contradictions/{contradiction}': () => ({ params: { contradiction: 'loss-fall' } }),
  'DELETE /assessment': () => ({ last: true }),
  // There is one stream that is the one already.
  'POST /assessment/begin': () => ({ body: { ...LIMITS, stream: 'e-book', name: 'Editing' }, status: 409 }),
  'POST /assessment/plans': () => ({ body: { stream: 'e-book', currency: 'SAR' } }),
  'POST /focus': (house) => ({ body: { ...LIMITS, streamId: house.thing('focus-stream') }, status: 409 }),
  'PATCH /focus': () => ({ body: { killOn: '2099-02-01' } }),
  'POST /focus/end': () => ({ body: { as: 'left' }, last: true }),
  'POST /focus/jumps': () => ({ body: { wanted: 'A channel', decision: 'stay' } }),
  'POST /focus/milestones': () => ({ body: { title: 'Five orders', dueOn: '2099-01-01' } }),
  'PATCH /focus/milestones/{id}': () => ({ body: { done: true } }),
  'DELETE /focus/milestones/{id}': () => ({ last: true }),
  'PUT /focus/reviews/{week}': () => ({ params: { week: '2026-01-05' }, body: { answers: null } }),
}
