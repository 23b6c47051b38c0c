import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { Invalid } from '../../../platform/errors.ts'
import type { Review, ReviewAnswers, Reviews } from '../focus-schema.ts'
import { isMonday, mondayOf, REVIEW } from '../rules/reviews.ts'
import { findCurrent, mustLockCurrent, today } from './focus-row.ts'
import { personOf } from './own-assessment.ts'

const MOST_REVIEWS = 60

/** The five questions in the language of the request, and the reviews of the present one. */
export async function listReviews(ctx: Ctx): Promise<Reviews> {
  authorise(ctx, 'planner:read')
  return transaction(ctx, async (tx) => {
    const current = await findCurrent(tx)
    const reviews =
      current === undefined
        ? []
        : await rows<Review>(
            tx,
            sql`SELECT week::text, answers FROM planner_reviews
                WHERE workspace_id = ${tx.workspaceId} AND focus_id = ${current.id}
                ORDER BY week DESC LIMIT ${MOST_REVIEWS}`,
          )
    return {
      questions: REVIEW.map(({ id, text, help }) => ({ id, text: text[ctx.locale], help: help[ctx.locale] })),
      week: mondayOf(today(tx)),
      reviews,
    }
  })
}

/** Keeps the review of a week of the present one, or that it is skipped. @throws NotFound without one, Invalid */
export async function writeReview(ctx: Ctx, week: string, { answers }: ReviewAnswers): Promise<Review> {
  authorise(ctx, 'planner:write')
  if (!isMonday(week) || week > today(ctx))
    throw new Invalid([{ pointer: '/week', detail: 'problems.field.week' }])
  return transaction(ctx, async (tx) => {
    const { id } = await mustLockCurrent(tx)
    const now = ctx.clock.now()
    await rows(
      tx,
      sql`INSERT INTO planner_reviews (workspace_id, focus_id, week, answers, written_by, updated_at)
          VALUES (${tx.workspaceId}, ${id}, ${week}::date,
                  ${answers === null ? null : JSON.stringify(answers)}::jsonb, ${personOf(ctx)}, ${now})
          ON CONFLICT (workspace_id, focus_id, week) DO UPDATE
            SET answers = excluded.answers, written_by = excluded.written_by, updated_at = excluded.updated_at`,
    )
    return { week, answers }
  })
}
