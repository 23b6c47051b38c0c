import type { Figure } from '../ledger.ts'
import type { Bench } from './open-bench.ts'

/** Cases that read, at as many entries as the growth case left. */
export const readingCases: Readonly<Record<string, (bench: Bench) => Promise<Figure[]>>> = {}
