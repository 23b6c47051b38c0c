import type { PersonalTable } from '../../platform/personal-data.ts'

/** Plans are the workspace's own; they name no buyers. */
export const personal: readonly PersonalTable[] = [
  { table: 'plans', columns: { name: 'seller', input: 'seller' } },
  {
    table: 'projections',
    columns: { name: 'seller', input: 'seller', created_by: 'kept: who had the projection made' },
  },
]
