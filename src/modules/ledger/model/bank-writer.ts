/**
 * One process of the bank test: sixteen writers move small amounts between eight accounts, each under a key of its own.
 * A key is told on standard output only when the ledger has said that it is posted; whatever breaks, the same entry is sent
 * again under the same key. It is killed without warning.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Connection } from '../../../platform/database/database.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { postEntries } from '../operations/post-entries.ts'
import { postEntry } from '../operations/post-entry.ts'
import type { NewEntry } from '../schema.ts'
import { bareCtx } from './bare-services.test-support.ts'

type Start = { connection: Connection; dataDir: string; workspaceId: string; name: string }

const WRITERS = 16
const start = JSON.parse(process.env['BANK_START'] ?? '') as Start
const ctx = bareCtx(start.connection, start.dataDir, start.workspaceId)
const account = () => `2130.b${Math.floor(Math.random() * 8)}`

function transfer(key: string): NewEntry {
  const [from, to] = [account(), account()]
  const amountMinor = BigInt(1 + Math.floor(Math.random() * 5))
  const postings = [
    { account: from, currency: 'SAR', amountMinor },
    { account: to, currency: 'SAR', amountMinor: -amountMinor },
  ]
  return { key, kind: 'transfer', postings }
}

/** Half of the writers post in transactions of their own, half together with whoever asks at the same time. */
async function untilAnswered(entry: NewEntry, writer: number): Promise<string> {
  for (;;) {
    try {
      if (writer % 2 === 0) return (await postEntry(ctx, entry)).outcome
      const [outcome] = await transaction(ctx, (tx) => postEntries(tx, [entry]))
      return outcome?.outcome ?? ''
    } catch {
      // The connection or the server went away: nobody knows whether the entry was posted.
      await pause(20)
    }
  }
}

async function write(writer: number): Promise<void> {
  for (let at = 0; ; at++) {
    const key = `${start.name}/${writer}/${at}`
    const outcome = await untilAnswered(transfer(key), writer)
    process.stdout.write(`${outcome} ${key}\n`)
  }
}

await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))
