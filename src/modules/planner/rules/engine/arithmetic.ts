/**
 * Exponential, logarithm and the normal distribution from additions, multiplications and divisions alone, which IEEE 754
 * fixes to the last bit (and a square root, which every processor rounds correctly). Math.exp and Math.log may differ
 * from one version of an engine to the next; a projection must not.
 */

const LOG2E = 1.4426950408889634
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
const LEAST_EXPONENT = -1022
const MOST = 709

const TWO_52 = 2 ** 52
const ROOT_2 = 1.4142135623730951
const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)
/** Which of the two words has the exponent. */
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0

const powersOfTwo = Float64Array.from({ length: 2046 }, (_, at) => 2 ** (at + LEAST_EXPONENT))

/** e to the power of x, to twelve digits; 0 below −708, and never more than e^709. */
export function exp(x: number): number {
  if (x < -708) return 0
  const bounded = x > MOST ? MOST : x
  const scaled = bounded * LOG2E
  const k = (scaled < 0 ? scaled - 0.5 : scaled + 0.5) | 0
  const r = bounded - k * LN2_HIGH - k * LN2_LOW
  const high =
    1.98412698412698e-4 + r * (2.48015873015873e-5 + r * (2.75573192239859e-6 + r * 2.75573192239859e-7))
  const middle = 1 / 24 + r * (1 / 120 + r * (1 / 720 + r * high))
  const series = 1 + r * (1 + r * (0.5 + r * (1 / 6 + r * middle)))
  return series * (powersOfTwo[k - LEAST_EXPONENT] ?? 0)
}

/** The natural logarithm of a number above 0; −∞ for the others. */
export function ln(x: number): number {
  if (!(x > 0)) return Number.NEGATIVE_INFINITY
  // What is too small for a usual exponent is made larger first.
  const isSmall = x < 2.2250738585072014e-308
  double[0] = isSmall ? x * TWO_52 : x
  const high = words[HIGH] ?? 0
  let k = ((high >>> 20) & 0x7ff) - 1023 - (isSmall ? 52 : 0)
  words[HIGH] = (high & 0xfffff) | 0x3ff00000
  let y = double[0]
  if (y > ROOT_2 || (y === ROOT_2 && k < 0)) {
    y *= 0.5
    k += 1
  }
  const s = (y - 1) / (y + 1)
  const q = s * s
  const tail = 1 / 9 + q * (1 / 11 + q * (1 / 13 + q * (1 / 15 + q * (1 / 17))))
  const series = 2 * s * (1 + q * (1 / 3 + q * (1 / 5 + q * (1 / 7 + q * tail))))
  return k * LN2_LOW + series + k * LN2_HIGH
}

/**
 * The value that a standard normal variable stays below with probability p, to seven digits. It grows with p, so
 * that paths stay paired when an assumption changes. Source: Wichura, algorithm AS 241 (PPND7), 1988.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5
  if (q <= 0.425 && q >= -0.425) {
    const r = 0.180625 - q * q
    return (
      (q * (((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)) /
      (((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1)
    )
  }
  return normalTail(p, q)
}

function normalTail(p: number, q: number): number {
  const r = Math.sqrt(-ln(q < 0 ? p : 1 - p))
  const far = r - 5
  const near = r - 1.6
  const value =
    r <= 5
      ? (((0.17023821103 * near + 1.3067284816) * near + 2.75681539) * near + 1.4234372777) /
        ((0.12021132975 * near + 0.7370016425) * near + 1)
      : (((0.017337203997 * far + 0.42868294337) * far + 3.081226386) * far + 6.657905115) /
        ((0.012258202635 * far + 0.24197894225) * far + 1)
  return q < 0 ? -value : value
}

/** The probability that a standard normal variable stays below z. Source: Abramowitz and Stegun, 26.2.17 (1e-7). */
export function normalShare(z: number): number {
  const size = z < 0 ? -z : z
  const k = 1 / (1 + 0.2316419 * size)
  const poly =
    k * (0.31938153 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))))
  const upper = 0.3989422804014327 * exp((-size * size) / 2) * poly
  return z < 0 ? upper : 1 - upper
}
