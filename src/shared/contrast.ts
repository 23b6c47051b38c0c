/** A colour as six hexadecimal digits behind `#`, in lower case. */
export type Hex = `#${string}`

/** Whether a text is such a colour. */
export function isHex(text: string): text is Hex {
  return /^#[0-9a-f]{6}$/.test(text)
}

/** How far two colours stand apart for reading: from 1 to 21. Source: WCAG 2.2, relative luminance and contrast ratio. */
export function contrast(one: Hex, other: Hex): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

/** `share` of the second colour in the first, from 0 to 1. */
export function mix(one: Hex, other: Hex, share: number): Hex {
  const [from, to] = [channels(one), channels(other)]
  const mixed = from.map((channel, at) => Math.round(channel + ((to[at] ?? 0) - channel) * share))
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

/** The colour, or the nearest on its way to `towards` that has this contrast to each of the grounds. */
export function readable(colour: Hex, grounds: readonly Hex[], towards: Hex, least = 4.5): Hex {
  const steps = 100
  for (let step = 0; step < steps; step++) {
    const tried = mix(colour, towards, step / steps)
    if (grounds.every((ground) => contrast(tried, ground) >= least)) return tried
  }
  return towards
}

function luminance(colour: Hex): number {
  const [r = 0, g = 0, b = 0] = channels(colour).map((value) => {
    const c = value / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function channels(colour: Hex): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}
