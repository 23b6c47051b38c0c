import type { SealedTable } from '../sealing/sealed-table.ts'

/** The key in a mail's links, from when it is written until it went out; it lay there open before there were envelopes. */
export const sealed: SealedTable = {
  table: 'messages',
  id: 'id',
  columns: ['secret'],
  place: ({ workspaceId, id }) => `message/${workspaceId}/${id}`,
  openOlder: (_secrets, _row, kept) => kept,
}
