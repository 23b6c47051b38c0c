import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { statement } from '../../../platform/database/transaction.ts'
import { NotAllowed } from '../../../platform/errors.ts'
import { knownAnswers, type Answer } from '../rules/assessment/answers.ts'
import type { Answers } from '../rules/assessment/types.ts'

/** What a person has answered. */
export type OwnAssessment = {
  readonly answers: Answers
  readonly settled: readonly string[]
  readonly updatedAt: Date | undefined
}

/** The person whose assessment it is: the caller, or the one for whom a program acts. @throws NotAllowed */
export function personOf({ actor }: Pick<Ctx, 'actor'>): string {
  if (actor.kind === 'member' || actor.kind === 'token') return actor.userId
  throw new NotAllowed('planner:read')
}

/** The caller's own answers; nobody else's can be read. */
export async function readOwnAssessment(ctx: Ctx): Promise<OwnAssessment> {
  const [row] = await statement<{ answers: Record<string, Answer>; settled: string[]; updatedAt: Date }>(
    ctx,
    sql`SELECT answers, settled, updated_at AS "updatedAt" FROM planner_assessments
        WHERE workspace_id = ${ctx.workspaceId} AND user_id = ${personOf(ctx)}`,
  )
  if (row === undefined) return { answers: {}, settled: [], updatedAt: undefined }
  return { answers: knownAnswers(row.answers), settled: row.settled, updatedAt: row.updatedAt }
}
