import { parentPort } from 'node:worker_threads'
import { findModel } from '../models/index.ts'
import type { Counts, Outcome } from '../rules/engine/outcome.ts'
import type { Scenario } from '../rules/engine/scenario.ts'
import { bytesOf, createMemory, planOf, type Memory } from '../rules/engine/memory.ts'
import { simulate, type Machine, type PathRange } from '../rules/engine/simulate.ts'
import { describePart, type Part, type PartFigures } from '../rules/engine/summarise.ts'

/** What a thread is asked for: paths to be reckoned, or what came of all of them to be described. */
export type ThreadTask =
  | { kind: 'paths'; scenario: Scenario; outcome: Outcome; range: PathRange; isTried: boolean }
  | { kind: 'figures'; outcome: Outcome; months: number; paths: number; part: Part }

/** What it answers. */
export type ThreadAnswer = { kind: 'paths'; counts: Counts } | { kind: 'figures'; figures: PartFigures }

/** What a thread keeps of plans that are being tried: two of the largest that there are. */
const MOST_KEPT_BYTES = 80_000_000

/** The one that was used last comes last. */
let memories: Memory[] = []

/** Reckons one part; the same in a thread and without one. */
export function work(task: ThreadTask): ThreadAnswer {
  switch (task.kind) {
    case 'paths':
      return {
        kind: 'paths',
        counts: task.isTried ? tryPaths(task) : simulate(task.scenario, machineOf, task),
      }
    case 'figures':
      return { kind: 'figures', figures: describePart(task.outcome, task, task.part) }
  }
}

/** Reckons only what is not as it was when the plan was tried last. */
function tryPaths({ scenario, outcome, range }: ThreadTask & { kind: 'paths' }): Counts {
  const plan = planOf(scenario, range)
  const bytes = bytesOf(scenario, range)
  if (bytes > MOST_KEPT_BYTES) return simulate(scenario, machineOf, { outcome, range })
  const known = memories.find((one) => one.plan === plan)
  // Out of the list while it is written: what a failure leaves half written is not used again.
  memories = memories.filter((one) => one !== known)
  while (memories.length > 0 && bytes + memories.reduce((sum, one) => sum + one.bytes, 0) > MOST_KEPT_BYTES)
    memories.shift()
  const memory = known ?? createMemory(scenario, range)
  const counts = simulate(scenario, machineOf, { outcome, range, memory })
  memories.push(memory)
  return counts
}

function machineOf(id: string): Machine {
  const model = findModel(id)
  if (model === undefined) throw new Error(`assertion failed: there is no model ${id}`)
  return model.machine
}

parentPort?.on('message', (task: ThreadTask) => parentPort?.postMessage(work(task)))
