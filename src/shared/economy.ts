import type { CurrencyCode } from './currencies.ts'

/** Currencies that have stood against the dollar for decades: what one dollar costs. */
const PEGGED: Readonly<Partial<Record<CurrencyCode, number>>> = {
  USD: 1,
  SAR: 3.75,
  AED: 3.6725,
  QAR: 3.64,
  BHD: 1 / 0.376,
  OMR: 1 / 0.3845,
  JOD: 1 / 0.709,
}

/** What a dollar costs where that is fixed; undefined elsewhere: nobody knows it for years. */
export function dollarPeg(currency: CurrencyCode): number | undefined {
  return PEGGED[currency]
}

/** What a plan assumes of prices and exchange rates to begin with (judgement): no devaluation of a currency that is fixed. */
export function usualEconomy(currency: CurrencyCode) {
  const isFixed = dollarPeg(currency) !== undefined
  return {
    inflation: isFixed ? 0.025 : 0.1,
    inflationSpread: isFixed ? 0.015 : 0.05,
    exchangeSpread: isFixed ? 0 : 0.05,
    jumpsPerYear: isFixed ? 0 : 0.2,
    jumpSize: 0.3,
    passThrough: 0.4,
  }
}
