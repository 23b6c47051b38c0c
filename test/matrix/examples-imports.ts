import { Readable } from 'node:stream'
import { askPosting } from '../../src/modules/streams/operations/imports/post-import.ts'
import { receiveImport } from '../../src/modules/streams/operations/imports/receive-import.ts'
import type { Ctx } from '../../src/platform/ctx.ts'
import type { TestServices } from '../support/services.ts'
import type { Example } from './examples.ts'
import type { House } from './house.ts'

const fileOf = (id: string) =>
  `Date,Kind,Description,Amount,Currency,Fee,Payer,ID\n2026-01-05,sale,A guide,40.00,SAR,4.00,,${id}\n`

/** Files at each step: one to be posted, one that is, one to be read again, one to be thrown away. */
export async function furnishImports(
  services: TestServices,
  ctx: Ctx,
  streamId: string,
): Promise<Readonly<Record<string, string>>> {
  const add = async (name: string) =>
    (await receiveImport(ctx, { name: `${name}.csv`, body: Readable.from([Buffer.from(fileOf(name))]) })).id
  const things = {
    import: await add('import'),
    'import-posted': await add('posted'),
    'import-to-read': await add('read'),
    'import-draft': await add('draft'),
  }
  await services.drain()
  await askPosting(ctx, things['import-posted'], { streamId, items: [], leaveProblems: false })
  await services.drain()
  return things
}

/** Good requests about imports. */
export const IMPORTS: Readonly<Record<string, (house: House) => Example>> = {
  'POST /stream-imports': () => ({
    query: { name: 'payout.csv' },
    raw: { type: 'application/octet-stream', text: fileOf('new') },
  }),
  'PUT /stream-imports/{id}/reading': (house) => ({
    params: { id: house.thing('import-to-read') },
    body: { dateOrder: 'ymd' },
  }),
  'POST /stream-imports/{id}/post': (house) => ({ body: { streamId: house.thing('stream') }, last: true }),
  'POST /stream-imports/{id}/undo': (house) => ({
    params: { id: house.thing('import-posted') },
    last: true,
  }),
  'DELETE /stream-imports/{id}': (house) => ({ params: { id: house.thing('import-draft') }, last: true }),
}
