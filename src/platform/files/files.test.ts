import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import S3rver from 's3rver'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insideTransaction } from '../database/database.ts'
import { NotFound } from '../errors.ts'
import { createFileStore, type FileStore } from './index.ts'
import { rememberParts } from './s3-parts.test-support.ts'

const folder = mkdtempSync(join(tmpdir(), 'rafid-files-'))
const workspace = '01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d5e'
const stores: Record<string, FileStore> = {}
let s3: S3rver
let front: Server

beforeAll(async () => {
  s3 = new S3rver({
    address: '127.0.0.1',
    port: 21_487,
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: 'rafid-test', configs: [] }],
  })
  const { port } = await s3.run()
  front = rememberParts(port)
  await new Promise<void>((resolve) => front.listen(21_489, '127.0.0.1', resolve))
  stores['disk'] = createFileStore({ dataDir: folder, s3: undefined })
  stores['s3'] = createFileStore({
    dataDir: folder,
    s3: {
      endpoint: 'http://127.0.0.1:21489',
      bucket: 'rafid-test',
      region: 'us-east-1',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
      forcePathStyle: true,
    },
  })
})

afterAll(async () => {
  front.closeAllConnections()
  front.close()
  await s3.close()
  rmSync(folder, { recursive: true, force: true })
})

async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

const bigBytes = Buffer.alloc(19 * 1024 * 1024 + 5, 'رافد')

describe.each(['disk', 's3'])('the file store on %s', (kind) => {
  const store = () => {
    const found = stores[kind]
    if (found === undefined) throw new Error(`no ${kind}`)
    return found
  }
  const key = (name: string) => `${workspace}/files/${name}`

  test('gives back what was put, whole and in ranges', async () => {
    await store().put(key('small'), Buffer.from('0123456789'), 'text/plain')
    expect(await store().size(key('small'))).toBe(10)
    expect((await bytesOf(await store().read(key('small')))).toString()).toBe('0123456789')
    const part = async (start: number, end: number) =>
      (await bytesOf(await store().read(key('small'), { start, end }))).toString()
    expect([await part(0, 2), await part(3, 7), await part(9, 10), await part(4, 4)]).toEqual([
      '01',
      '3456',
      '9',
      '',
    ])
  })

  test('streams a file larger than one part', async () => {
    const pieces = function* () {
      for (let at = 0; at < bigBytes.length; at += 700_001) yield bigBytes.subarray(at, at + 700_001)
    }
    expect(await store().write(key('big'), Readable.from(pieces()), 'application/zip')).toBe(bigBytes.length)
    expect((await bytesOf(await store().read(key('big')))).equals(bigBytes)).toBe(true)
    expect(await store().write(key('empty'), Readable.from([]), 'text/plain')).toBe(0)
    expect(await store().size(key('empty'))).toBe(0)
  })

  test('keeps nothing of a stream that breaks off', async () => {
    const broken = function* () {
      yield bigBytes.subarray(0, 9_000_000)
      throw new Error('the line went dead')
    }
    await expect(store().write(key('broken'), Readable.from(broken()), 'text/plain')).rejects.toThrow(
      'line went dead',
    )
    expect(await store().size(key('broken'))).toBeUndefined()
  })

  test('says that there is no such file, and removes what is there', async () => {
    await expect(store().read(key('nothing'))).rejects.toThrow(NotFound)
    expect(await store().size(key('nothing'))).toBeUndefined()
    await store().remove(key('nothing'))
    await store().put(key('gone'), Buffer.from('x'), 'text/plain')
    await store().remove(key('gone'))
    expect(await store().size(key('gone'))).toBeUndefined()
  })

  test('lists by prefix', async () => {
    const found: string[] = []
    for await (const { key: each, modifiedAt } of store().list(`${workspace}/files/`)) {
      expect(Math.abs(Date.now() - modifiedAt.getTime())).toBeLessThan(60_000)
      found.push(each)
    }
    expect(found.toSorted()).toEqual([key('big'), key('empty'), key('small')])
  })

  test.each([
    '../secret',
    `${workspace}/../../etc/passwd`,
    '/etc/passwd',
    `${workspace}/files/..`,
    'a',
    `${workspace}/a\0b`,
  ])('refuses the key %j', async (bad) => {
    await expect(async () => store().read(bad)).rejects.toThrow('storage key')
    await expect(async () => store().put(bad, Buffer.from('x'), 'text/plain')).rejects.toThrow('storage key')
  })

  test('is not called inside a transaction', async () => {
    await expect(insideTransaction('test', async () => store().read(key('small')))).rejects.toThrow(
      'inside a transaction',
    )
  })
})

describe('resumable uploads to S3', () => {
  test('go on after a break and become a file with the last byte', async () => {
    const { uploads, size, read } = stores['s3'] ?? expect.fail()
    const { Upload } = await import('@tus/server')
    const id = `${workspace}/files/grown`
    const store = await uploads.dataStore()
    await store.create(new Upload({ id, size: bigBytes.length, offset: 0 }))
    const reached = await store.write(Readable.from([bigBytes.subarray(0, 9_000_000)]), id, 0)
    expect(reached).toBe(9_000_000)
    expect((await store.getUpload(id)).offset).toBe(9_000_000)
    await expect(uploads.finish(id)).rejects.toThrow(NotFound)
    await store.write(Readable.from([bigBytes.subarray(9_000_000)]), id, 9_000_000)
    await uploads.finish(id)
    await uploads.forget(id)
    expect(await size(id)).toBe(bigBytes.length)
    expect((await bytesOf(await read(id))).equals(bigBytes)).toBe(true)
    expect(await size(`${id}.info`)).toBeUndefined()
  })

  test('are dropped when they are given up', async () => {
    const { uploads, size } = stores['s3'] ?? expect.fail()
    const { Upload } = await import('@tus/server')
    const id = `${workspace}/files/given-up`
    await (await uploads.dataStore()).create(new Upload({ id, size: 100, offset: 0 }))
    await uploads.discard(id)
    expect(await size(`${id}.info`)).toBeUndefined()
    await (await uploads.dataStore()).create(new Upload({ id, size: 100, offset: 0 }))
    expect(await uploads.sweep(new Date('2025-12-31T00:00:00Z'))).toBe(0)
    expect(await uploads.sweep(new Date('2026-01-02T00:00:00Z'))).toBe(1)
    expect(await size(`${id}.info`)).toBeUndefined()
  })
})

describe('the file store on disk', () => {
  test('lets nobody else read, and leaves nothing behind in its own folders', () => {
    const kept = join(folder, 'files', 'kept', workspace, 'files')
    expect(readdirSync(kept).map((name) => statSync(join(kept, name)).mode & 0o777)).toEqual([
      0o600, 0o600, 0o600,
    ])
    expect(statSync(kept).mode & 0o777).toBe(0o700)
    expect(readdirSync(join(folder, 'files', 'incoming'))).toEqual([])
  })

  test('drops uploads that were given up', async () => {
    const { uploads } = stores['disk'] ?? expect.fail()
    const store = await uploads.dataStore()
    const { Upload } = await import('@tus/server')
    const id = `${workspace}/files/stale`
    await store.create(new Upload({ id, size: 10, offset: 0 }))
    await store.write(Readable.from([Buffer.from('12345')]), id, 0)
    await expect(uploads.finish(`${workspace}/files/none`)).rejects.toThrow(NotFound)
    expect(await uploads.sweep(new Date(Date.now() - 60_000))).toBe(0)
    expect((await store.getUpload(id)).offset).toBe(5)
    expect(await uploads.sweep(new Date(Date.now() + 60_000))).toBe(1)
    await expect(store.getUpload(id)).rejects.toMatchObject({ status_code: 404 })
  })
})
