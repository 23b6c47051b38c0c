import { ln } from './arithmetic.ts'

/** Months over which the level of a stream is meant: its average from the launch on. */
const REFERENCE_MONTHS = 36
const WEEKS_PER_MONTH = 52 / 12

/**
 * A launch and its hyperbolic decay, repeated with every further product of a catalogue that saturates: the next one adds
 * 1 ÷ (1 + products ÷ half) of the first. `ratio` is what the first year brings against the first week.
 */
export function launchShape(
  length: number,
  { ratio, everyMonths, half }: { ratio: number; everyMonths: number; half: number },
): Float64Array {
  const tau = decayOf(ratio)
  const single = Float64Array.from({ length }, (_, month) => {
    const until = 1 + (WEEKS_PER_MONTH * (month + 1)) / tau
    return ln(until / (1 + (WEEKS_PER_MONTH * month) / tau))
  })
  const shape = new Float64Array(length)
  const further = everyMonths > 0 ? everyMonths : length
  for (let product = 0; product * further < length; product += 1) {
    const weight = 1 / (1 + product / half)
    for (let month = product * further; month < length; month += 1)
      shape[month] = (shape[month] ?? 0) + weight * (single[month - product * further] ?? 0)
  }
  return normalised(shape)
}

/** The pace (in weeks) of a decay 1 ÷ (1 + t ÷ pace) of which the first year brings `ratio` times the first week. */
export function decayOf(ratio: number): number {
  let low = 1e-4
  let high = 50
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2
    if (ln(1 + 52 / middle) / ln(1 + 1 / middle) < ratio) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Subscribers who come evenly and leave at a monthly rate: it grows towards a ceiling. */
export function subscriberShape(length: number, churn: number): Float64Array {
  const shape = new Float64Array(length)
  let stays = 0
  for (let month = 0; month < length; month += 1) {
    stays = stays * (1 - churn) + 1
    shape[month] = stays
  }
  return normalised(shape)
}

/** Something that is found slowly: half of its later level after `half` months. */
export function rampShape(length: number, half: number): Float64Array {
  return normalised(Float64Array.from({ length }, (_, month) => (month + 1) / (month + 1 + half)))
}

/** The same every month. */
export function flatShape(length: number): Float64Array {
  return new Float64Array(length).fill(1)
}

/** The form against its average over the reference months, which becomes 1. */
function normalised(shape: Float64Array): Float64Array {
  const end = Math.min(REFERENCE_MONTHS, shape.length)
  let sum = 0
  for (let month = 0; month < end; month += 1) sum += shape[month] ?? 0
  const average = sum / end
  return average > 0 ? shape.map((value) => value / average) : shape
}
