import fc from 'fast-check'
import type { TestServices } from '../../../../test/support/services.ts'
import { round } from './calls.test-support.ts'
import type { Call } from './ledger-model.ts'
import { finishRun, runRound, show, startRun, type Run } from './run-rounds.test-support.ts'

const ROUNDS = 100

/** A round as a fast-check command: the model is inside the run, since the answers decide the order. */
function asCommand(calls: readonly Call[]): fc.AsyncCommand<object, Run> {
  return {
    check: () => true,
    run: (_, run) => runRound(run, calls),
    toString: () => `[${calls.map(show).join(' | ')}]`,
  }
}

const commands = fc.commands([round.map(asCommand)], { maxCommands: ROUNDS, size: 'max' })

/**
 * Runs random rounds on as many new workspaces and compares each with the model. Returns how many calls were
 * made, and how many rounds of refusals alone were compared byte by byte.
 * @throws what fast-check found, with the seed that repeats it.
 */
export async function checkModel(
  services: TestServices,
  clock: Run['clock'],
  options: { seed: number; workspaces: number },
): Promise<{ calls: number; refusals: number }> {
  const made = { calls: 0, refusals: 0 }
  const property = fc.asyncProperty(commands, async (sequence) => {
    const run = await startRun(services, clock)
    await fc.asyncModelRun(() => ({ model: {}, real: run }), sequence)
    await finishRun(run)
    made.calls += run.calls
    made.refusals += run.refusals
  })
  const { seed, workspaces } = options
  // Rounds race, so a smaller counterexample seldom fails again: the whole one is told at once.
  await fc.assert(property, { seed, numRuns: workspaces, endOnFailure: true })
  return made
}

/** The seed of this run: another each time, unless told. */
export const seed = Number(process.env['LEDGER_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
