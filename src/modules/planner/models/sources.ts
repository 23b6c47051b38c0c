/** Where a published figure is from; what it says, of whom, and whom it leaves out stands in the catalogue (`planner.source`). */
export type Source = {
  /** The year that the figures are of; null where it was not found. */
  year: number | null
  /** How many were counted; null where the publication does not say. */
  sample: number | null
}

/** Every source that a default is taken from. */
export const SOURCES = {
  'gumroad-month': { year: 2020, sample: 19_480 },
  'gumroad-year': { year: 2020, sample: 45_917 },
  'launch-decay': { year: null, sample: null },
  patreon: { year: null, sample: null },
  authors: { year: 2017, sample: 1_291 },
  youtube: { year: 2016, sample: null },
  affiliates: { year: null, sample: null },
  'micro-tasks': { year: 2018, sample: 2_676 },
  websites: { year: null, sample: null },
  'loan-defaults': { year: 2023, sample: null },
  'loan-losses': { year: null, sample: null },
  staking: { year: 2026, sample: null },
  'liquidity-pools': { year: 2021, sample: 17 },
  dividends: { year: 2026, sample: null },
} as const satisfies Readonly<Record<string, Source>>

/** One source; see SOURCES. */
export type SourceId = keyof typeof SOURCES
