import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { Invalid, NotFound } from '../../../platform/errors.ts'
import type { Assessment } from '../assessment-schema.ts'
import { isAnswer, type Answer } from '../rules/assessment/answers.ts'
import { CONTRADICTIONS } from '../rules/assessment/contradictions.ts'
import { isQuestion, questionOf } from '../rules/assessment/questions.ts'
import { describeAssessment } from './describe-assessment.ts'
import { personOf, readOwnAssessment } from './own-assessment.ts'

/** The caller's own conversation as far as it has come. */
export async function getAssessment(ctx: Ctx): Promise<Assessment> {
  authorise(ctx, 'planner:read')
  return describeAssessment(ctx, await readOwnAssessment(ctx))
}

/**
 * Keeps one answer at once. A contradiction that it belongs to, and that was said to be true, is looked at again.
 * @throws NotFound where there is no such question, Invalid where it is no choice of it
 */
export async function answerQuestion(ctx: Ctx, question: string, answer: Answer): Promise<Assessment> {
  authorise(ctx, 'planner:write')
  if (!isQuestion(question)) throw new NotFound()
  if (!isAnswer(questionOf(question), answer))
    throw new Invalid([{ pointer: '/answer', detail: 'problems.field.choice' }])
  const again = CONTRADICTIONS.filter(({ questions }) => questions.includes(question)).map(({ id }) => id)
  return transaction(ctx, async (tx) => {
    const now = ctx.clock.now()
    await rows(
      tx,
      sql`INSERT INTO planner_assessments (workspace_id, user_id, answers, settled, created_at, updated_at)
          VALUES (${tx.workspaceId}, ${personOf(ctx)}, ${JSON.stringify({ [question]: answer })}::jsonb, '{}', ${now}, ${now})
          ON CONFLICT (workspace_id, user_id) DO UPDATE SET answers = planner_assessments.answers || excluded.answers,
            settled = ARRAY(SELECT one FROM unnest(planner_assessments.settled) AS one WHERE one <> ALL (${sql.param(again)}::text[])),
            updated_at = excluded.updated_at`,
    )
    return describeAssessment(tx, await readOwnAssessment(tx))
  })
}

/** Says that two answers are true although they hardly hold together. @throws NotFound */
export async function settleContradiction(ctx: Ctx, id: string): Promise<Assessment> {
  authorise(ctx, 'planner:write')
  if (!CONTRADICTIONS.some((one) => one.id === id)) throw new NotFound()
  return transaction(ctx, async (tx) => {
    const found = await rows(
      tx,
      sql`UPDATE planner_assessments SET settled = array_append(array_remove(settled, ${id}::text), ${id}::text),
            updated_at = ${ctx.clock.now()}
          WHERE workspace_id = ${tx.workspaceId} AND user_id = ${personOf(ctx)} RETURNING 1`,
    )
    if (found.length === 0) throw new NotFound()
    return describeAssessment(tx, await readOwnAssessment(tx))
  })
}

/** Erases the caller's answers; the conversation begins anew. What was decided stays. */
export async function eraseAssessment(ctx: Ctx): Promise<void> {
  authorise(ctx, 'planner:write')
  const person = personOf(ctx)
  await transaction(ctx, (tx) =>
    rows(
      tx,
      sql`DELETE FROM planner_assessments WHERE workspace_id = ${tx.workspaceId} AND user_id = ${person}`,
    ),
  )
}
