/** What happened on a path, for the story of the bad cases. */
export const EVENTS = {
  notLaunched: 1,
  noFirstSale: 2,
  shock: 4,
  stopped: 8,
  default: 16,
  crash: 32,
  postponed: 64,
  outOfMoney: 128,
  devaluation: 256,
} as const

/** How prices and the currency may move, by year. Amounts of foreign currencies grow with a devaluation. */
export type Economy = {
  inflation: number
  inflationSpread: number
  /** Usual yearly movement of the exchange rate, and sudden devaluations: how many a year, and by how much (logarithm). */
  exchangeSpread: number
  jumpsPerYear: number
  jumpLog: number
  jumpSpread: number
  /** How much of a devaluation comes through in prices. */
  passThrough: number
  /** How fast prices rise where foreign money comes from. */
  foreignInflation: number
}

/** One stream, ready to be reckoned: amounts in the plan's currency, at today's rate. */
export type StreamScenario = {
  model: string
  /** Of its name: draws hang on it, so a stream keeps its luck when others come or go. */
  key: number
  /** Of its platform: streams on one platform share its shocks. */
  platform: number
  startMonth: number
  outlay: number
  monthlyCost: number
  buildHours: number
  upkeepHours: number
  feeShare: number
  isForeign: boolean
  /** Whether the outlay buys something that can be sold again. */
  keepsValue: boolean
  /** The model's own numbers. */
  numbers: Readonly<Record<string, number>>
  /** Income by month of age against the level, 1 on average over the reference months; empty where the model has none. */
  shape: Float64Array
}

/** Everything that a projection depends on; the same scenario gives the same figures on any machine. */
export type Scenario = {
  seed: number
  months: number
  paths: number
  money: number
  monthlyMoney: number
  hoursPerMonth: number
  hourlyWage: number
  taxShare: number
  /** Monthly amounts of the ladder, each with those below it, ascending. */
  steps: readonly number[]
  economy: Economy
  streams: readonly StreamScenario[]
}

/** What is common to all streams of one path. All arrays are by month. */
export type PathState = {
  seed: number
  path: number
  months: number
  /** How this person does against others: standard normal. */
  person: number
  /** The memory of all rows below, in one piece. */
  rows: Float64Array
  /** Demand in general: standard normal, slow. */
  demand: Float64Array
  /** Monthly movements of shares, credit (higher is worse) and coins: standard normal. */
  equity: Float64Array
  credit: Float64Array
  coin: Float64Array
  /** Whether coins crash in a month: 1 or 0. */
  coinCrash: Float64Array
  /** What a unit of foreign money is worth against today; consumer prices against today; foreign prices in own money. */
  exchange: Float64Array
  prices: Float64Array
  abroad: Float64Array
  events: number
}

/** What a model is given for one stream on one path, and fills. */
export type StreamRun = {
  /** The month in which it can first earn; `months` if never. */
  launch: number
  /** The month in which it was begun. */
  begun: number
  /** Which share of the hours that it needs it gets, by month. */
  covered: Float64Array
  /** To fill: income before fees and taxes, by calendar month, starting with zeros; 0 where it is over. */
  income: Float64Array
  /** To fill by holdings: the month of their first income, also of what is put back into them; `months` otherwise. */
  firstEarned: number
  /** To fill: what a holding is worth at the end; 0 for what cannot be sold. */
  endValue: number
  /** To fill: the first month in which it is given up (no more cost, no more hours); `months` if never. */
  ends: number
  /** Room to draw into, one longer than there are months. */
  scratch: Float64Array
  chances: Float64Array
  generator: Int32Array
}

/** Reckons one stream on one path. */
export type Kernel = (path: PathState, stream: StreamScenario, run: StreamRun) => void
