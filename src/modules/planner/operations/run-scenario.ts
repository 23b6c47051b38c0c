import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { addCounts, createCounts, createOutcome, type OutcomeRoom } from '../rules/engine/outcome.ts'
import type { Scenario } from '../rules/engine/scenario.ts'
import type { PathRange } from '../rules/engine/simulate.ts'
import { summarise, type Figures } from '../rules/engine/summarise.ts'
import type { ThreadAnswer, ThreadTask } from './scenario-thread.ts'

const THREADS = 2
/** After how long without work the threads end: an idle server keeps none. */
const IDLE_MS = 20_000
const MOST_WAITING = 32
const LANE = 16
const NOTHING: PathRange = { from: 0, to: 0 }

// Beside this file as it is written, or beside the bundle that it has become a part of.
const program = fileURLToPath(
  new URL(`./scenario-thread.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
)

type Waiting = { urgent: boolean; start: () => void }

const waiting: Waiting[] = []
let isBusy = false
let threads: Worker[] = []
let room: OutcomeRoom | undefined
let idle: NodeJS.Timeout | undefined

/** Whether as many are waiting as may wait. */
export function isCrowded(): boolean {
  return waiting.length >= MOST_WAITING
}

/**
 * Reckons a scenario on two threads, one scenario after the other; urgent ones (somebody is dragging) come first. Without
 * `detail` only the plan's months are kept. The figures do not depend on the number of threads.
 */
export async function runScenario(
  scenario: Scenario,
  { detail, urgent = false }: { detail: boolean; urgent?: boolean },
): Promise<Figures> {
  await turn(urgent)
  try {
    return await reckon(scenario, detail)
  } finally {
    isBusy = false
    next()
  }
}

/** Ends the threads: when nothing was asked for a while, and when the program stops. */
export async function endThreads(): Promise<void> {
  clearTimeout(idle)
  const ending = threads
  threads = []
  if (!isBusy) room = undefined
  await Promise.all(ending.map((thread) => thread.terminate()))
}

function turn(urgent: boolean): Promise<void> {
  return new Promise((resolve) => {
    waiting.push({ urgent, start: resolve })
    next()
  })
}

function next(): void {
  if (isBusy) return
  const urgent = waiting.findIndex((one) => one.urgent)
  const [first] = waiting.splice(Math.max(0, urgent), 1)
  if (first === undefined) {
    clearTimeout(idle)
    idle = setTimeout(() => void endThreads(), IDLE_MS)
    idle.unref()
    return
  }
  isBusy = true
  clearTimeout(idle)
  first.start()
}

async function reckon(scenario: Scenario, detail: boolean): Promise<Figures> {
  room ??= { net: new SharedArrayBuffer(0), fields: new SharedArrayBuffer(0) }
  const outcome = createOutcome(scenario, detail, room)
  const counts = createCounts(scenario)
  const { months, paths } = scenario
  const ranges = shared(paths)
  const reckoned = await all((nth) => ({
    kind: 'paths',
    scenario,
    outcome,
    range: ranges[nth] ?? NOTHING,
    isTried: !detail,
  }))
  for (const answer of reckoned) if (answer.kind === 'paths') addCounts(counts, answer.counts)
  const rows = shared(outcome.net.length / paths)
  const series = shared(outcome.series, 1)
  const described = await all((nth) => ({
    kind: 'figures',
    outcome,
    months,
    paths,
    part: { rows: rows[nth] ?? NOTHING, series: series[nth] ?? NOTHING },
  }))
  const parts = described.flatMap((answer) => (answer.kind === 'figures' ? [answer.figures] : []))
  return summarise(scenario, outcome, { counts, parts })
}

/** Equal parts of so many things, on the boundaries of what is written together. */
function shared(count: number, lane = LANE): PathRange[] {
  const part = Math.ceil(count / THREADS / lane) * lane
  const starts = Array.from({ length: THREADS }, (_, nth) => Math.min(count, nth * part))
  return starts.map((from, nth) => ({ from, to: starts[nth + 1] ?? count }))
}

function all(taskOf: (nth: number) => ThreadTask): Promise<ThreadAnswer[]> {
  return Promise.all(Array.from({ length: THREADS }, (_, nth) => ask(nth, taskOf(nth))))
}

function ask(nth: number, task: ThreadTask): Promise<ThreadAnswer> {
  const thread = threadOf(nth)
  return new Promise((resolve, reject) => {
    const settle = () => {
      thread.off('message', answered)
      thread.off('error', failed)
      thread.off('exit', ended)
    }
    const answered = (answer: ThreadAnswer) => {
      settle()
      resolve(answer)
    }
    const failed = (error: Error) => {
      settle()
      threads = threads.filter((one) => one !== thread)
      reject(error)
    }
    const ended = () => failed(new Error('a thread of projections ended'))
    thread.on('message', answered)
    thread.on('error', failed)
    thread.on('exit', ended)
    thread.postMessage(task)
  })
}

function threadOf(nth: number): Worker {
  const there = threads[nth]
  if (there !== undefined) return there
  const made = new Worker(program, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 64 } })
  // Nothing waits for a thread when the program ends.
  made.unref()
  threads[nth] = made
  return made
}
