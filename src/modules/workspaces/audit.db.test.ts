import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeMember, makeWorkspace, type TestWorkspace } from '../../../test/support/workspace.ts'
import { createApp } from '../../app.ts'
import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import { rows, transaction } from '../../platform/database/transaction.ts'
import { audit, createToken, verifyLogs } from './index.ts'
import { startExport } from './operations/export-log.ts'
import { listAuditEvents } from './operations/list-audit-events.ts'
import { sealLog, sealLogsJob } from './operations/seal-log.ts'
import { verifyLog, type LogProof } from './operations/verify-log.ts'
import type { AuditFilter } from './schema.ts'

const clock = standingClock()
let services: TestServices
let app: ReturnType<typeof createApp>

beforeAll(async () => {
  services = await testServices({ clock })
  app = createApp(services)
})

describe('the chain', () => {
  test('holds every event once, also when many write and several seal at the same time', async () => {
    const { ctx } = await makeWorkspace(services)
    const writing = Array.from({ length: 40 }, (_, nth) => note(ctx, `n${nth}`))
    const sealing = Array.from({ length: 6 }, () => sealLog(ctx))
    await Promise.all([...writing, ...sealing])
    const { events, faults, head } = await verifyLog(ctx)
    // Set-up wrote three before.
    expect({ events, faults }).toEqual({ events: 43n, faults: [] })
    expect(head?.number).toBe('43')
    expect(await sealLog(ctx)).toBe(0)
  })

  test('is made by the job of the minute, off the way of what it tells about', async () => {
    const { ctx } = await makeWorkspace(services)
    await note(ctx, 'later')
    expect(await linksOf(ctx)).toBe(0n)
    await sealLogsJob.handler(systemCtx(services), [{}])
    expect(await linksOf(ctx)).toBe(4n)
  })

  test.each<[string, (id: string) => [string, unknown[]], (id: string) => object]>([
    [
      'an action that was changed',
      (id) => [`UPDATE audit_events SET action = 'note.read' WHERE id = $1`, [id]],
      (id) => ({ kind: 'event-changed', eventId: id }),
    ],
    [
      'a time that was changed by a microsecond',
      (id) => [`UPDATE audit_events SET at = at + interval '1 microsecond' WHERE id = $1`, [id]],
      (id) => ({ kind: 'event-changed', eventId: id }),
    ],
    [
      'a detail that was changed',
      (id) => [`UPDATE audit_events SET after = jsonb_set(after, '{deep,0}', '"y"') WHERE id = $1`, [id]],
      (id) => ({ kind: 'event-changed', eventId: id }),
    ],
    [
      'an event that is gone',
      (id) => ['DELETE FROM audit_events WHERE id = $1', [id]],
      (id) => ({ kind: 'event-missing', eventId: id }),
    ],
    [
      'a link that is gone',
      (id) => ['DELETE FROM audit_links WHERE event_id = $1', [id]],
      () => ({ kind: 'links-missing', from: '6', through: '6' }),
    ],
    [
      'a link that was rewritten',
      (id) => [`UPDATE audit_links SET hash = repeat('a', 64) WHERE event_id = $1`, [id]],
      (id) => ({ kind: 'event-changed', eventId: id }),
    ],
  ])('names %s', async (_what, change, expected) => {
    const { ctx, ids } = await noted(8)
    const id = ids[2] ?? expect.fail('eight notes')
    await asOwner(ctx, ...change(id))
    const { faults } = await verifyLog(ctx)
    expect(faults).toContainEqual(expect.objectContaining(expected(id)))
    expect(faults.filter((fault) => 'eventId' in fault && fault.eventId !== id)).toEqual([])
  })

  test('names an event that was put beside it', async () => {
    const { ctx } = await noted(2)
    const id = services.ids.next()
    await asOwner(
      ctx,
      `INSERT INTO audit_events (workspace_id, id, at, actor_kind, action, subject_kind, subject_id, request_id)
       VALUES ($1, $2, now(), 'system', 'note.forge', 'note', 'x', 'r')`,
      [ctx.workspaceId, id],
    )
    expect((await verifyLog(ctx)).faults).toEqual([{ kind: 'event-unlinked', eventId: id }])
  })

  test('of which the newest events are gone, with their links, is too short for its head', async () => {
    const { ctx, ids } = await noted(5)
    await cutNewest(ctx, ids.slice(3))
    const { faults } = await verifyLog(ctx)
    expect(faults).toContainEqual({ kind: 'links-missing', from: '7', through: '8' })
  })

  test('an older head that is put back is known by the one beside the database', async () => {
    const { ctx, ids } = await noted(5)
    const old = await asOwner(ctx, 'SELECT * FROM audit_heads WHERE workspace_id = $1', [ctx.workspaceId])
    ids.push(await note(ctx, 'newest'))
    await sealLog(ctx)
    await cutNewest(ctx, ids.slice(5))
    const [{ number, hash, signature } = {}] = old
    await asOwner(
      ctx,
      'UPDATE audit_heads SET number = $2, hash = $3, signature = $4 WHERE workspace_id = $1',
      [ctx.workspaceId, number, hash, signature],
    )
    expect((await verifyLog(ctx)).faults).toEqual([{ kind: 'links-missing', from: '9', through: '9' }])
    // And once others have come in their place, by the place where they do not fit.
    await note(ctx, 'instead')
    expect((await verifyLog(ctx)).faults).toEqual([{ kind: 'head-changed', number: '9' }])
    // In another data directory nobody knows: that is as far as it goes.
    rmSync(headFile(ctx))
    expect((await verifyLog(ctx)).faults).toEqual([])
  })

  test('a chain that was made anew is not signed', async () => {
    const { ctx, ids } = await noted(3)
    await asOwner(ctx, `UPDATE audit_events SET action = 'note.read' WHERE id = $1`, [ids[0]])
    await asOwner(ctx, 'DELETE FROM audit_links WHERE workspace_id = $1', [ctx.workspaceId])
    await asOwner(ctx, 'DELETE FROM audit_heads WHERE workspace_id = $1', [ctx.workspaceId])
    rmSync(headFile(ctx))
    expect((await verifyLog(ctx)).faults.map(({ kind }) => kind)).toEqual(
      Array.from({ length: 6 }, () => 'event-unlinked'),
    )
    const all = await asOwner(ctx, 'SELECT id FROM audit_events WHERE workspace_id = $1', [ctx.workspaceId])
    for (const [at, { id }] of all.entries())
      await asOwner(ctx, `INSERT INTO audit_links VALUES ($1, $2, $3, repeat('a', 64), now())`, [
        ctx.workspaceId,
        at + 1,
        id,
      ])
    await asOwner(ctx, `UPDATE audit_heads SET number = 6, hash = repeat('a', 64) WHERE workspace_id = $1`, [
      ctx.workspaceId,
    ])
    expect((await verifyLog(ctx)).faults).toContainEqual({ kind: 'head-forged' })
  })

  test('does not grow on a head that is not its own, so that nothing is hidden under new events', async () => {
    const { ctx } = await noted(2)
    await asOwner(ctx, 'UPDATE audit_heads SET number = number - 1 WHERE workspace_id = $1', [
      ctx.workspaceId,
    ])
    await note(ctx, 'after')
    expect(await sealLog(ctx)).toBe(0)
    expect((await verifyLog(ctx)).faults).toContainEqual({ kind: 'head-forged' })
  })

  test('is proven for every workspace, for the operator', async () => {
    const { ctx, ids } = await noted(1)
    await asOwner(ctx, 'DELETE FROM audit_events WHERE id = $1', [ids[0]])
    const proofs: (LogProof & { workspaceId: string })[] = []
    for await (const proof of verifyLogs(services)) proofs.push(proof)
    const own = proofs.find(({ workspaceId }) => workspaceId === ctx.workspaceId)
    expect(own?.faults).toEqual([{ kind: 'event-missing', number: '4', eventId: ids[0] }])
    expect(proofs.length).toBeGreaterThan(5)
  })

  test('a head file that cannot be read is like none', async () => {
    const { ctx } = await noted(1)
    writeFileSync(headFile(ctx), 'rubbish')
    expect((await verifyLog(ctx)).faults).toEqual([])
    await note(ctx, 'more')
    await sealLog(ctx)
    expect(JSON.parse(readFileSync(headFile(ctx), 'utf8'))).toMatchObject({ number: '5' })
  })
})

describe('reading', () => {
  test('by person, also through their tokens, by action, subject and time, page by page', async () => {
    const shop = await makeWorkspace(services)
    const admin = await makeMember(services, shop.workspaceId, { role: 'admin' })
    await note(shop.ctx, 'by-owner')
    const token: Ctx = {
      ...admin.ctx,
      actor: { kind: 'token', tokenId: services.ids.next(), userId: admin.userId, rights: [] },
    }
    const before = clock.now().toISOString()
    clock.advance(3_600_000)
    await note(admin.ctx, 'by-admin')
    await note(token, 'by-token')
    const after = clock.now().toISOString()
    clock.advance(3_600_000)
    await note(shop.ctx, 'late')
    const found = async (filter: AuditFilter) => {
      const { items } = await listAuditEvents(shop.ctx, { ...filter, action: 'note.write', limit: 50 })
      return items.map(({ subjectId }) => subjectId)
    }
    expect(await found({})).toEqual(['late', 'by-token', 'by-admin', 'by-owner'])
    expect(await found({ userId: admin.userId })).toEqual(['by-token', 'by-admin'])
    expect(await found({ actorId: admin.userId })).toEqual(['by-admin'])
    expect(await found({ subjectKind: 'note', subjectId: 'late' })).toEqual(['late'])
    expect(await found({ from: after })).toEqual(['late', 'by-token', 'by-admin'])
    expect(await found({ to: after })).toEqual(['by-owner'])
    expect(await found({ from: before, to: after })).toEqual(['by-owner'])
    const { items, next } = await listAuditEvents(shop.ctx, { action: 'note.write', limit: 3 })
    expect(items).toHaveLength(3)
    const rest = await listAuditEvents(shop.ctx, { action: 'note.write', limit: 3, after: next ?? '' })
    expect(rest.items.map(({ subjectId, person }) => [subjectId, person?.userId])).toEqual([
      ['by-owner', shop.owner.userId],
    ])
  })

  test('a token is named, and so is its person', async () => {
    const shop = await makeWorkspace(services)
    await createToken(shop.ctx, { name: 'Nightly', rights: ['store:read'] })
    const made = await app.request('/api/v1/tokens', {
      method: 'POST',
      headers: shop.headers,
      body: JSON.stringify({ name: 'Second', rights: ['store:read'] }),
    })
    expect(made.status).toBe(201)
    const { items } = await listAuditEvents(shop.ctx, { action: 'token.create', limit: 1 })
    expect(items[0]).toMatchObject({
      actorKind: 'token',
      tokenName: 'Test',
      person: { userId: shop.owner.userId, name: 'نورة السالم' },
    })
  })
})

describe('taking it away', () => {
  test('as JSON Lines, whose chain anybody can prove with a dozen lines', async () => {
    const { ctx } = await noted(3, { text: 'سطر أول\nسطر ثان', list: [1, null, { z: true, a: 'é' }] })
    const lines = (await exported(ctx, 'jsonl')).trimEnd().split('\n')
    let before = '0'.repeat(64)
    for (const line of lines) {
      const [, hash, event = ''] = /^\{"number":\d+,"hash":"([0-9a-f]{64})","event":(.*)\}$/.exec(line) ?? []
      before = createHash('sha256').update(`${before}\n${event}`).digest('hex')
      expect(before).toBe(hash)
    }
    const last = JSON.parse(lines.at(-1) ?? '') as { number: number; event: { action: string } }
    expect([last.number, last.event.action]).toEqual([lines.length, 'audit.export'])
  })

  test('as CSV, with nothing that a spreadsheet would run', async () => {
    const { ctx } = await makeWorkspace(services)
    await note(ctx, '=HYPERLINK("http://evil.example")')
    const csv = await exported(ctx, 'csv')
    const [head, ...body] = csv.trimEnd().split('\r\n')
    expect(head?.split(',').slice(0, 3)).toEqual(['number', 'id', 'at'])
    expect(body).toHaveLength(5)
    expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"")"`)
  })

  test('a log of many pages comes whole', async () => {
    const { ctx } = await makeWorkspace(services)
    await transaction(ctx, async (tx) => {
      for (let nth = 0; nth < 2_500; nth++)
        await audit(tx, { action: 'note.write', subjectKind: 'note', subjectId: `n${nth}` })
    })
    const lines = (await exported(ctx, 'jsonl')).trimEnd().split('\n')
    expect(lines).toHaveLength(2_504)
    expect(lines.map((line) => (JSON.parse(line) as { number: number }).number)).toEqual(
      lines.map((_, at) => at + 1),
    )
  })

  test('only by those who may read it and have just proven who they are', async () => {
    const shop = await makeWorkspace(services)
    const editor = await makeMember(services, shop.workspaceId, { role: 'editor' })
    const ask = (headers: Record<string, string>) =>
      app.request('/api/v1/audit-events/export/csv', { method: 'POST', headers })
    expect((await ask({})).status).toBe(401)
    expect((await ask(editor.headers)).status).toBe(403)
    expect((await ask(shop.headers)).status).toBe(200)
    const verify = (headers: Record<string, string>) =>
      app.request('/api/v1/audit-events/verify', { method: 'POST', headers })
    expect((await verify(editor.headers)).status).toBe(403)
    expect(await (await verify(shop.headers)).json()).toMatchObject({ faults: [] })
  })
})

async function note(ctx: Ctx, subjectId: string, after: unknown = { deep: ['x'] }): Promise<string> {
  return transaction(ctx, async (tx) => {
    await audit(tx, { action: 'note.write', subjectKind: 'note', subjectId, after })
    const [row] = await rows<{ id: string }>(tx, sql`SELECT id FROM audit_events ORDER BY id DESC LIMIT 1`)
    return row?.id ?? expect.fail('it was written')
  })
}

/** A workspace with a sealed log: three events of set-up, then notes. */
async function noted(count: number, after?: unknown): Promise<TestWorkspace & { ids: string[] }> {
  const shop = await makeWorkspace(services)
  const ids: string[] = []
  for (let nth = 0; nth < count; nth++) ids.push(await note(shop.ctx, `n${nth}`, after))
  await sealLog(shop.ctx)
  return { ...shop, ids }
}

async function cutNewest(ctx: Ctx, ids: readonly string[]): Promise<void> {
  await asOwner(ctx, 'DELETE FROM audit_events WHERE id = ANY($1)', [ids])
  await asOwner(ctx, 'DELETE FROM audit_links WHERE event_id = ANY($1)', [ids])
}

async function exported(ctx: Ctx, format: 'csv' | 'jsonl'): Promise<string> {
  const write = await startExport(ctx, format)
  let text = ''
  await write((piece) => {
    text += piece
    return Promise.resolve()
  })
  return text
}

async function linksOf(ctx: Ctx): Promise<bigint> {
  const [row] = await transaction(ctx, (tx) =>
    rows<{ count: bigint }>(tx, sql`SELECT count(*) FROM audit_links`),
  )
  return row?.count ?? -1n
}

function headFile({ config, workspaceId }: Ctx): string {
  return join(config.dataDir, 'audit-heads', `${workspaceId}.json`)
}

/** A statement as the owner of the tables, who could do all that the serving role cannot. */
async function asOwner(ctx: Ctx, text: string, values: unknown[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(services.test.owner)
  await client.connect()
  try {
    await client.query("SELECT set_config('rafid.workspace_id', $1, false)", [ctx.workspaceId])
    return (await client.query<Record<string, unknown>>(text, values)).rows
  } finally {
    await client.end()
  }
}
