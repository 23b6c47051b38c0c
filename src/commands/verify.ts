import { createHash } from 'node:crypto'
import { parseArgs } from 'node:util'
import { sql } from 'drizzle-orm'
import { verifyBooks } from '../modules/ledger/index.ts'
import { listStoreDirectory, verifyLogs, workspaceName } from '../modules/workspaces/index.ts'
import { readConfig } from '../platform/config.ts'
import { systemCtx, type Ctx, type Services } from '../platform/ctx.ts'
import type { Connection } from '../platform/database/database.ts'
import { rows, transaction } from '../platform/database/transaction.ts'
import { t } from '../platform/i18n/index.ts'
import { checkSealed } from '../platform/sealing/check-sealed.ts'
import { sealedTables } from '../sealed.ts'
import { listAllWorkspaces } from './all-workspaces.ts'
import { sayFault } from './sealed-faults.ts'
import { withServices } from './services.ts'
import type { Command, Shell } from './shell.ts'

const MOST_WORKSPACES = 100_000
const PAGE = 500

/** `rafid verify`: recomputes the books of every workspace, and with `--files` reads every file through. */
export const verify: Command = {
  usage: 'rafid verify [--files]',
  async run(shell, args) {
    const { values } = parseArgs({ args: [...args], options: { files: { type: 'boolean', default: false } } })
    return withServices(readConfig(shell.env), async (services, { owner }) => {
      const workspaces = await listStoreDirectory(systemCtx(services), MOST_WORKSPACES)
      let faults = 0
      for (const { workspaceId, slug } of workspaces) {
        const ctx: Ctx = { ...systemCtx(services, workspaceId), locale: shell.locale }
        const name = (await transaction(ctx, workspaceName)) || slug
        faults += await verifyOne(shell, ctx, name)
        if (values.files) faults += await verifyFiles(shell, services, { workspaceId, name })
      }
      faults += await verifyLogsOf(shell, services)
      faults += await verifySecrets(shell, services, owner)
      if (workspaces.length === 0) shell.say('verify.nothing')
      else if (faults === 0) shell.say('verify.all-good', { count: workspaces.length })
      else shell.complain('verify.faults', { count: faults })
      return faults === 0 ? 0 : 1
    })
  },
}

async function verifyOne(shell: Shell, ctx: Ctx, name: string): Promise<number> {
  const found = await verifyBooks(ctx)
  const { provenThrough, sealedPostings: postings, unsealedPostings: waiting } = found
  for (const { what, ...where } of found.faults) {
    const place = Object.entries(where).map(([key, value]) => `${key} ${value}`)
    shell.complain('verify.fault', {
      name,
      what: t(shell.locale, `ledger.faults.${what}`),
      place: place.join(', '),
    })
  }
  if (found.faults.length > 0) return found.faults.length
  if (provenThrough === undefined) shell.say('verify.no-seal', { name, waiting })
  else {
    const { entryId: entry, recordedAt: at } = provenThrough
    shell.say('verify.proven', { name, postings, waiting, entry, at })
  }
  return 0
}

/** Whether what people did is all there, as it was written down. */
async function verifyLogsOf(shell: Shell, services: Services): Promise<number> {
  let found = 0
  for await (const { slug: name, events, faults } of verifyLogs(services)) {
    found += faults.length
    for (const { kind, ...where } of faults) {
      const place = [kind, ...Object.entries(where).map(([key, value]) => `${key} ${value}`)].join(', ')
      shell.complain('verify.chain-broken', { name, place })
    }
    if (faults.length === 0) shell.say('verify.chain', { name, count: Number(events) })
  }
  return found
}

/** Whether every secret that is kept encrypted opens. */
async function verifySecrets(shell: Shell, services: Services, owner: Connection): Promise<number> {
  const where = { tables: sealedTables, workspaces: await listAllWorkspaces(owner) }
  const { values: count, faults } = await checkSealed(services, where)
  for (const fault of faults) sayFault(shell, fault)
  if (faults.length === 0) shell.say('verify.secrets', { count })
  return faults.length
}

type StoredFile = { id: string; storageKey: string; name: string; sizeBytes: bigint; sha256: string | null }

/** Compares the bytes of every file with what was written down when it was received. */
async function verifyFiles(
  shell: Shell,
  services: Services,
  { workspaceId, name }: { workspaceId: string; name: string },
): Promise<number> {
  let faults = 0
  let count = 0
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const page = await transaction(systemCtx(services, workspaceId), (tx) =>
      rows<StoredFile>(
        tx,
        sql`SELECT id, storage_key AS "storageKey", name, size_bytes AS "sizeBytes", sha256 FROM files
            WHERE workspace_id = ${workspaceId} AND id > ${after} AND completed_at IS NOT NULL ORDER BY id LIMIT ${PAGE}`,
      ),
    )
    for (const file of page) {
      count += 1
      if (await isWhole(services, file)) continue
      faults += 1
      shell.complain('verify.file', { name, file: file.name, key: file.storageKey })
    }
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) break
    after = last.id
  }
  if (faults === 0) shell.say('verify.files', { name, count })
  return faults
}

async function isWhole({ files }: Services, { storageKey, sizeBytes, sha256 }: StoredFile): Promise<boolean> {
  if ((await files.size(storageKey)) !== Number(sizeBytes)) return false
  if (sha256 === null) return true
  const hash = createHash('sha256')
  for await (const bytes of (await files.read(storageKey)) as AsyncIterable<Buffer>) hash.update(bytes)
  const digest = hash.digest('hex')
  return digest === sha256
}
