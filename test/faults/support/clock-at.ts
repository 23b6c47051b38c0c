/**
 * Preloaded into a server (`node --import`): its clock is so many milliseconds off as the file that `FAULTS_CLOCK` names says, and
 * follows that file while it runs, as the clock of a machine that somebody sets.
 */
import { readFileSync } from 'node:fs'

const file = process.env['FAULTS_CLOCK'] ?? ''
const EVERY_MS = 25
const RealDate = Date
let offsetMs = 0

const read = () => {
  try {
    offsetMs = Number(readFileSync(file, 'utf8'))
  } catch {
    offsetMs = 0
  }
}
read()
setInterval(read, EVERY_MS).unref()

globalThis.Date = new Proxy(RealDate, {
  apply: () => new RealDate(RealDate.now() + offsetMs).toString(),
  construct: (target, args: [], newTarget: typeof RealDate) => {
    const given = args.length === 0 ? [RealDate.now() + offsetMs] : args
    return Reflect.construct(target, given, newTarget) as object
  },
  get: (target, name): unknown =>
    name === 'now' ? () => target.now() + offsetMs : Reflect.get(target, name),
})
