/**
 * Preloaded into a server (`node --import`): ends it, or its PostgreSQL, with −9 exactly before or after one of its
 * commits. It listens on the connections to PostgreSQL and knows nothing of the program. The file that `FAULTS_FILE` names
 * is the trigger: while it is there, commits are counted or written down, see `KillPlan`.
 */
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'

/** What is to be done at the `nth` commit called `point`; without one, every commit is written to `trace`. */
export type KillPlan = {
  trace?: string
  kill?: { point: string; nth: number; when: 'before' | 'after' | 'during'; victim: 'node' | 'postgres' }
}

type Link = {
  statements: Map<string, string>
  inTransaction: boolean
  committing: boolean
  said: string[]
  awaiting: { name: string; autocommit: boolean; tail: Buffer } | undefined
}

const file = process.env['FAULTS_FILE'] ?? ''
const cluster = process.env['FAULTS_CLUSTER'] ?? ''
const STARTUP = 0x0003_0000
const links = new WeakMap<Socket, Link>()
let plan: KillPlan | undefined
let planText = ''
let seen = new Map<string, number>()

function readPlan(): KillPlan | undefined {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (text === planText) return plan
  planText = text
  plan = text === '' ? undefined : (JSON.parse(text) as KillPlan)
  seen = new Map()
  return plan
}

/** Ends the process, or all processes of the cluster at once; the latter returns, and the program has to live with it. */
function strike(victim: 'node' | 'postgres'): void {
  rmSync(file, { force: true })
  plan = undefined
  planText = ''
  if (victim === 'node') {
    process.kill(process.pid, 'SIGKILL')
    // The signal takes effect before anything else runs here.
    for (;;);
  }
  const main = Number(readFileSync(`${cluster}/postmaster.pid`, 'utf8').split('\n')[0])
  const children = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && parentOf(entry) === main)
  for (const pid of [main, ...children.map(Number)]) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself when the first of them did.
    }
  }
}

function parentOf(pid: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
  } catch {
    return 0
  }
}

/** Called before a commit goes out. Returns whether its end is to be waited for. */
function leaving(name: string): 'wait' | 'strike-after-write' | 'nothing' {
  const now = readPlan()
  if (now === undefined) return 'nothing'
  if (now.kill === undefined || now.kill.point !== name) return now.trace === undefined ? 'nothing' : 'wait'
  if (now.kill.when === 'after') return 'wait'
  const count = (seen.get(name) ?? 0) + 1
  seen.set(name, count)
  if (count !== now.kill.nth) return 'nothing'
  if (now.kill.when === 'during') return 'strike-after-write'
  strike(now.kill.victim)
  return 'nothing'
}

/** Called when a commit has been acknowledged and the program does not know it yet. */
function acknowledged(name: string): void {
  const now = readPlan()
  if (now?.trace !== undefined) appendFileSync(now.trace, `${name}\n`)
  if (now?.kill?.point !== name || now.kill.when !== 'after') return
  const count = (seen.get(name) ?? 0) + 1
  seen.set(name, count)
  if (count === now.kill.nth) strike(now.kill.victim)
}

/** What a statement changes, as `update orders`; empty for one that only reads. */
function changesOf(text: string): string {
  const changes = text.matchAll(/(?<!FOR )(?<!DO )\b(INSERT INTO|UPDATE|DELETE FROM)\s+"?([\w.]+)/gi)
  return [...changes].map(([, verb, table]) => `${verb?.split(' ')[0]?.toLowerCase()} ${table}`).join(', ')
}

function cstring(bytes: Buffer, at: number): string {
  return bytes.toString('utf8', at, bytes.indexOf(0, at))
}

/** What a statement does to the job queue, as `fetch send-receipt`; empty for one that only looks. */
function queueStep(text: string, parameters: string): string {
  const changes = changesOf(text)
  if (changes === '') return ''
  if (changes.startsWith('insert pgboss.event'))
    return `publish ${/[a-z-]+\.[a-z]+/.exec(parameters)?.[0] ?? ''}`
  if (changes.startsWith('delete pgboss.event')) return 'hand over'
  const verb = text.includes('SKIP LOCKED') ? 'fetch' : text.includes('completed_on') ? 'settle' : changes
  const queue = /(?=[a-z-]*[g-z])[a-z]{4,}(?:-[a-z]{4,})+/
  return `${verb} ${(queue.exec(parameters) ?? queue.exec(text))?.[0] ?? ''}`
}

/** What is handed over goes to other queues each time, by what happened; which ones is no part of the name. */
function nameOf(said: readonly string[]): string {
  const steps = said.includes('hand over') ? said.map((step) => step.replace(/^(insert \S+) .*/, '$1')) : said
  return [...new Set(steps)].join('; ')
}

function listenFor(socket: Socket, link: Link, name: string, autocommit: boolean): void {
  link.awaiting = { name, autocommit, tail: Buffer.alloc(0) }
  if (socket.listeners('data').includes(onData)) return
  socket.prependListener('data', onData)
}

function onData(this: Socket, chunk: Buffer): void {
  const link = links.get(this)
  if (link?.awaiting === undefined) return
  const { name, autocommit, tail } = link.awaiting
  link.awaiting.tail = Buffer.concat([tail, chunk])
  const all = link.awaiting.tail
  // ReadyForQuery ends every answer.
  if (all.length < 6 || all.readUInt8(all.length - 6) !== 0x5a || all.readInt32BE(all.length - 5) !== 5)
    return
  link.awaiting = undefined
  const text = all.toString('latin1')
  const worked = autocommit
    ? /C\0\0\0.(?:INSERT 0|UPDATE|DELETE|SELECT) [1-9]\d*\0/s.test(text)
    : text.includes('COMMIT\0')
  if (worked) acknowledged(name)
}

/** Reads one message of PostgreSQL's protocol on its way out; returns the name of the commit that it is, if it is one. */
function readMessage(link: Link, bytes: Buffer): { name: string; autocommit: boolean } | undefined {
  const kind = String.fromCharCode(bytes[0] ?? 0)
  if (kind === 'P') {
    const name = cstring(bytes, 5)
    link.statements.set(name, cstring(bytes, 5 + Buffer.byteLength(name) + 1))
  } else if (kind === 'B') {
    const portalEnd = bytes.indexOf(0, 5) + 1
    const text = link.statements.get(cstring(bytes, portalEnd)) ?? ''
    if (text === 'BEGIN') link.said = []
    if (text === 'BEGIN') link.inTransaction = true
    if (text === 'COMMIT') link.committing = true
    const step = text.includes('pgboss') ? queueStep(text, bytes.toString('latin1')) : changesOf(text)
    if (step !== '') link.said.push(step)
  } else if (kind === 'Q') {
    const text = cstring(bytes, 5)
    if (text.startsWith('BEGIN')) {
      link.inTransaction = true
      link.said = []
    } else if (text === 'COMMIT') {
      link.inTransaction = false
      return { name: nameOf(link.said) || 'read', autocommit: false }
    } else if (text === 'ROLLBACK') {
      link.inTransaction = false
    } else if (!link.inTransaction && text.includes('pgboss')) {
      const name = queueStep(text, '')
      return name === '' ? undefined : { name, autocommit: true }
    }
  } else if (kind === 'S') {
    return endOfPipeline(link)
  }
  return undefined
}

/** What Sync brings to an end: a transaction whose COMMIT went with it, or statements that are one by themselves. */
function endOfPipeline(link: Link): { name: string; autocommit: boolean } | undefined {
  if (link.inTransaction && !link.committing) return undefined
  const autocommit = !link.committing
  const name = nameOf(link.said) || (autocommit ? '' : 'read')
  Object.assign(link, { inTransaction: false, committing: false, said: [] })
  return name === '' ? undefined : { name, autocommit }
}

const write = Socket.prototype.write as (this: Socket, ...args: unknown[]) => boolean

function watchedWrite(this: Socket, ...args: unknown[]): boolean {
  const [bytes] = args
  if (!Buffer.isBuffer(bytes)) return write.apply(this, args)
  if (bytes.length > 8 && bytes.readInt32BE(4) === STARTUP) {
    links.set(this, {
      statements: new Map(),
      inTransaction: false,
      committing: false,
      said: [],
      awaiting: undefined,
    })
    return write.apply(this, args)
  }
  const link = links.get(this)
  const commit = link === undefined ? undefined : readMessage(link, bytes)
  if (link === undefined || commit === undefined || file === '') return write.apply(this, args)
  const does = leaving(commit.name)
  if (does === 'wait') listenFor(this, link, commit.name, commit.autocommit)
  const written = write.apply(this, args)
  if (does === 'strike-after-write') strike(plan?.kill?.victim ?? 'node')
  return written
}

Socket.prototype.write = watchedWrite as typeof Socket.prototype.write

// A test run that is itself killed must not leave a server behind.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
}, 1000).unref()
