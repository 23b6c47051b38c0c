import { parentPort } from 'node:worker_threads'
import { findModel } from '../models/index.ts'
import type { Counts, Outcome } from '../rules/engine/outcome.ts'
import type { Scenario } from '../rules/engine/scenario.ts'
import { simulate, type Machine, type PathRange } from '../rules/engine/simulate.ts'
import { spreadRows } from '../rules/engine/summarise.ts'

/** What a thread is asked for: paths to be reckoned, or rows of months to be spread. */
export type ThreadTask =
  | { kind: 'paths'; scenario: Scenario; outcome: Outcome; range: PathRange }
  | { kind: 'rows'; net: Float32Array; paths: number; range: PathRange }

/** What it answers. */
export type ThreadAnswer = { kind: 'paths'; counts: Counts } | { kind: 'rows'; spreads: Float64Array }

/** Reckons one part; the same in a thread and without one. */
export function work(task: ThreadTask): ThreadAnswer {
  switch (task.kind) {
    case 'paths':
      return { kind: 'paths', counts: simulate(task.scenario, machineOf, task.outcome, task.range) }
    case 'rows':
      return { kind: 'rows', spreads: spreadRows(task.net, task.paths, task.range) }
  }
}

function machineOf(id: string): Machine {
  const model = findModel(id)
  if (model === undefined) throw new Error(`assertion failed: there is no model ${id}`)
  return model.machine
}

parentPort?.on('message', (task: ThreadTask) => parentPort?.postMessage(work(task)))
