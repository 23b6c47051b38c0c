import { beforeAll, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { makeWorkspace, type TestWorkspace } from '../../../test/support/workspace.ts'
import { transaction } from '../../platform/database/transaction.ts'
import { StoreSlugTaken } from './errors.ts'
import { findStoreWorkspace, listStoreDirectory, moveStore } from './operations/find-store-workspace.ts'

let services: TestServices
let mine: TestWorkspace
let theirs: TestWorkspace

beforeAll(async () => {
  services = await testServices()
  mine = await makeWorkspace(services)
  theirs = await makeWorkspace(services)
})

const name = { ar: 'مكتبة', en: 'Library' }
const move = (who: TestWorkspace, slug: string) =>
  transaction(who.ctx, (tx) => moveStore(tx, { slug, name, tagline: { ar: '', en: '' } }))
const find = (slug: string) => findStoreWorkspace(mine.ctx, slug)

test('links to an address that the store had before lead to it still, and no other store can take it', async () => {
  await move(mine, 'maktaba')
  await move(mine, 'kutub')
  await move(mine, 'kutub')
  expect(await find('kutub')).toBe(mine.workspaceId)
  expect(await find('maktaba')).toBe(mine.workspaceId)
  await expect(move(theirs, 'maktaba')).rejects.toThrow(StoreSlugTaken)
  await expect(move(theirs, 'kutub')).rejects.toThrow(StoreSlugTaken)
  expect(await find('maktaba')).toBe(mine.workspaceId)
  await move(mine, 'maktaba')
  expect(await find('maktaba')).toBe(mine.workspaceId)
  expect(await find('kutub')).toBe(mine.workspaceId)
  const listed = (await listStoreDirectory(mine.ctx, 100)).filter(
    (one) => one.workspaceId === mine.workspaceId,
  )
  expect(listed.map(({ slug }) => slug)).toEqual(['maktaba'])
})
