import { sql } from 'drizzle-orm'
import type { PersonalTable } from '../../platform/personal-data.ts'

/** Plans and decisions are the workspace's own; they name no buyers. What a person answered is theirs. */
export const personal: readonly PersonalTable[] = [
  { table: 'plans', columns: { name: 'seller', input: 'seller' } },
  {
    table: 'projections',
    columns: { name: 'seller', input: 'seller', created_by: 'kept: who had the projection made' },
  },
  {
    table: 'planner_assessments',
    columns: {
      user_id: 'own',
      answers: 'own',
    },
    member: ({ userId }) => sql`user_id = ${userId}`,
  },
  {
    table: 'planner_focuses',
    columns: { note: 'seller', decided_by: 'kept: who decided' },
    member: ({ userId }) => sql`decided_by = ${userId}`,
  },
  { table: 'planner_milestones', columns: { title: 'seller' } },
  {
    table: 'planner_reviews',
    columns: { answers: 'seller', written_by: 'kept: whose review it is' },
    member: ({ userId }) => sql`written_by = ${userId}`,
  },
  {
    table: 'planner_jumps',
    columns: { wanted: 'seller', reason: 'seller', figures: 'seller', decided_by: 'kept: who decided' },
    member: ({ userId }) => sql`decided_by = ${userId}`,
  },
]
