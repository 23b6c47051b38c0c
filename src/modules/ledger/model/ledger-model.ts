import type { NewEntry, NewExchange, NewHold, NewPosting } from '../schema.ts'

/** One call of the ledger, as data. Targets are keys of entries and holds; `known` says whether the caller had the id. */
export type Call =
  /** `alone`: its one entry is posted together with those of others who ask at the same time. */
  | { do: 'post'; entries: NewEntry[]; alone?: boolean }
  | { do: 'hold'; hold: NewHold }
  | {
      do: 'resolve'
      verb: 'post' | 'void' | 'expire'
      hold: string
      known: boolean
      key: string
      amount?: bigint
      final: boolean
    }
  | { do: 'reverse'; target: string; known: boolean; key: string; part?: bigint }
  /** Several whole reversals in one call. */
  | { do: 'reverse-all'; wishes: { target: string; known: boolean; key: string }[] }
  | { do: 'exchange'; exchange: NewExchange }
  | { do: 'close'; through: Date }

type Account = {
  sign: bigint
  floor: bigint | undefined
  balance: bigint
  version: bigint
  debit: bigint
  credit: bigint
}
type Line = { account: string; currency: string; amount: bigint; reversed: bigint }
type Entry = { body: string; lines: Line[]; reverses?: string; posts?: string; amount?: bigint | undefined }
type Hold = { body: string; hold: NewHold; left: bigint; posted: bigint; freed: bigint }

/** The books in memory, as plainly as can be: what the ledger must agree with. */
export type Model = {
  accounts: Map<string, Account>
  entries: Map<string, Entry>
  holds: Map<string, Hold>
  openFrom: number
  /** How to take back what was done since a mark. */
  undo: (() => void)[]
}

const MAX = 2n ** 63n - 1n
const OWED = ['2100', '2110', '2120', '2130', '2150']

/** Empty books. */
export function emptyModel(): Model {
  return { accounts: new Map(), entries: new Map(), holds: new Map(), openFrom: -Infinity, undo: [] }
}

/** Takes everything back to a mark (`model.undo.length` then). */
export function rewind(model: Model, mark: number): void {
  while (model.undo.length > mark) model.undo.pop()?.()
}

/** What the ledger must answer to a call at `now`, in words; the model changes with it. */
export function step(model: Model, call: Call, now: number): string {
  switch (call.do) {
    case 'post':
      return call.entries.map((entry) => postEntry(model, entry, now)).join()
    case 'hold':
      return hold(model, call.hold)
    case 'resolve':
      return resolve(model, call, now)
    case 'reverse':
      return reverse(model, call, now)
    case 'reverse-all':
      return call.wishes.map((wish) => reverse(model, { do: 'reverse', ...wish }, now)).join()
    case 'exchange':
      return exchange(model, call.exchange, now)
    case 'close':
      return close(model, call.through.getTime(), now)
  }
}

/** The account's state in the model. */
export function accountOf(model: Model, code: string, currency: string): Account {
  const key = `${code} ${currency}`
  let account = model.accounts.get(key)
  if (account === undefined) {
    const debit = '15'.includes(code.charAt(0))
    const floor = OWED.includes(code.slice(0, 4)) ? 0n : undefined
    account = { sign: debit ? 1n : -1n, floor, balance: 0n, version: 0n, debit: 0n, credit: 0n }
    model.accounts.set(key, account)
  }
  return account
}

/** What can be taken from an account. */
export function availableOf(account: Account): bigint {
  return account.sign > 0n ? account.balance - account.credit : -account.balance - account.debit
}

function change<T extends object>(model: Model, target: T, fields: Partial<T>): void {
  const before = { ...target }
  model.undo.push(() => Object.assign(target, before))
  Object.assign(target, fields)
}

function keep<T>(model: Model, map: Map<string, T>, key: string, value: T): void {
  model.undo.push(() => map.delete(key))
  map.set(key, value)
}

const text = (value: unknown) =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part))

const bodyOf = ({ kind, effectiveAt, source, memo, postings }: NewEntry) =>
  text([kind, effectiveAt, source, memo, postings])

function postEntry(model: Model, entry: NewEntry, now: number): string {
  const currencies = new Set(entry.postings.map(({ currency }) => currency))
  for (const currency of currencies) {
    const debits = entry.postings.filter((line) => line.currency === currency && line.amountMinor > 0n)
    if (debits.reduce((total, { amountMinor }) => total + amountMinor, 0n) > MAX) return 'out-of-range'
  }
  const stored = model.entries.get(entry.key)
  if (stored !== undefined) return stored.body === bodyOf(entry) ? 'replayed' : 'key-reuse'
  const mark = model.undo.length
  const refuse = (outcome: string) => {
    rewind(model, mark)
    return outcome
  }
  for (const { account, currency, ifVersion } of entry.guards ?? []) {
    if (ifVersion !== undefined && accountOf(model, account, currency).version !== ifVersion)
      return 'version-conflict'
  }
  const effective = entry.effectiveAt?.getTime() ?? now
  for (const { account, currency, amountMinor } of entry.postings) {
    const state = accountOf(model, account, currency)
    const balance = state.balance + amountMinor
    if (effective < model.openFrom) return refuse('period-closed')
    if (balance > MAX || balance < -MAX) return refuse('out-of-range')
    change(model, state, { balance, version: state.version + 1n })
    const lowers = amountMinor * state.sign < 0n
    if (lowers && state.floor !== undefined && availableOf(state) < state.floor)
      return refuse('insufficient-funds')
  }
  for (const { account, currency, minBalanceMinor } of entry.guards ?? []) {
    if (minBalanceMinor !== undefined && availableOf(accountOf(model, account, currency)) < minBalanceMinor) {
      return refuse('insufficient-funds')
    }
  }
  const lines = entry.postings.map(({ account, currency, amountMinor }) => ({
    account,
    currency,
    amount: amountMinor,
    reversed: 0n,
  }))
  keep(model, model.entries, entry.key, { body: bodyOf(entry), lines })
  return 'posted'
}

function hold(model: Model, wanted: NewHold): string {
  const body = text(wanted)
  const stored = model.holds.get(wanted.key)
  if (stored !== undefined) return stored.body === body ? 'replayed' : 'key-reuse'
  const { debit, credit, currency, amountMinor } = wanted
  const [left, right] = [accountOf(model, debit, currency), accountOf(model, credit, currency)]
  if (left.debit + amountMinor > MAX || right.credit + amountMinor > MAX) return 'out-of-range'
  const lacks = (account: Account) =>
    account.floor !== undefined && availableOf(account) - amountMinor < account.floor
  if ((left.sign < 0n && lacks(left)) || (right.sign > 0n && lacks(right))) return 'insufficient-funds'
  change(model, left, { debit: left.debit + amountMinor })
  change(model, right, { credit: right.credit + amountMinor })
  keep(model, model.holds, wanted.key, { body, hold: wanted, left: amountMinor, posted: 0n, freed: 0n })
  return 'held'
}

function resolve(model: Model, call: Call & { do: 'resolve' }, now: number): string {
  const found = model.holds.get(call.hold)
  if (!call.known || found === undefined) return 'not-found'
  const amount = call.amount ?? found.left
  const { debit, credit, currency, expiresAt } = found.hold
  if (call.verb === 'post') {
    const stored = model.entries.get(call.key)
    if (stored !== undefined) {
      const same = stored.posts === call.hold && (call.amount === undefined || stored.amount === call.amount)
      return same ? 'replayed' : 'key-reuse'
    }
  }
  if (found.left === 0n || amount > found.left) return 'resolved'
  if (call.verb === 'expire' && (expiresAt === undefined || expiresAt.getTime() > now)) return 'not-due'
  const freed = call.verb === 'post' && call.final ? found.left : amount
  const mark = model.undo.length
  const [left, right] = [accountOf(model, debit, currency), accountOf(model, credit, currency)]
  change(model, left, { debit: left.debit - freed })
  change(model, right, { credit: right.credit - freed })
  const posted = call.verb === 'post' ? amount : 0n
  change(model, found, {
    left: found.left - freed,
    posted: found.posted + posted,
    freed: found.freed + freed - posted,
  })
  if (call.verb !== 'post') return 'resolved-now'
  const postings: NewPosting[] = [
    { account: debit, currency, amountMinor: amount },
    { account: credit, currency, amountMinor: -amount },
  ]
  const outcome = postEntry(model, { key: call.key, kind: 'hold', postings: inLockOrder(postings) }, now)
  if (outcome === 'posted') Object.assign(model.entries.get(call.key) ?? {}, { posts: call.hold, amount })
  else rewind(model, mark)
  return outcome
}

/** The order in which the ledger takes a hold's two accounts; it decides which refusal comes first. */
function inLockOrder(postings: NewPosting[]): NewPosting[] {
  return postings.toSorted((left, right) => (left.account < right.account ? -1 : 1))
}

function reverse(model: Model, call: Call & { do: 'reverse' }, now: number): string {
  const target = model.entries.get(call.target)
  if (!call.known || target === undefined) return 'not-found'
  const stored = model.entries.get(call.key)
  if (stored !== undefined) {
    const amounts = target.lines.map((line) => -partOf(line, call.part))
    const same = call.part === undefined || text(stored.lines.map(({ amount }) => amount)) === text(amounts)
    return stored.reverses === call.target && same ? 'replayed' : 'key-reuse'
  }
  const lines = target.lines.map((line) => ({ line, amount: partOf(line, call.part) }))
  const taken = call.part === undefined ? lines.filter(({ amount }) => amount !== 0n) : lines
  const size = (amount: bigint) => (amount < 0n ? -amount : amount)
  const excess = taken.some(
    ({ line, amount }) => size(amount) > size(line.amount - line.reversed) || amount === 0n,
  )
  if (taken.length === 0 || excess) return 'already-reversed'
  const postings = taken.map(({ line: { account, currency }, amount }) => ({
    account,
    currency,
    amountMinor: -amount,
  }))
  const outcome = postEntry(model, { key: call.key, kind: 'reversal', postings }, now)
  if (outcome !== 'posted') return outcome
  for (const { line, amount } of taken) change(model, line, { reversed: line.reversed + amount })
  Object.assign(model.entries.get(call.key) ?? {}, { reverses: call.target })
  return outcome
}

function partOf({ amount, reversed }: Line, part: bigint | undefined): bigint {
  if (part === undefined) return amount - reversed
  return amount > 0n ? part : -part
}

function exchange(model: Model, wanted: NewExchange, now: number): string {
  const { from, to, rate, base, key } = wanted
  const bought = (from.amountMinor * rate.numerator) / rate.denominator
  const pair = `3900.${[from.currency, to.currency].toSorted().join('-').toLowerCase()}`
  const give = -from.amountMinor * accountOf(model, from.account, from.currency).sign
  const take = bought * accountOf(model, to.account, to.currency).sign
  const main: NewPosting[] = [
    { account: from.account, currency: from.currency, amountMinor: give },
    { account: pair, currency: from.currency, amountMinor: -give },
    { account: pair, currency: to.currency, amountMinor: -take },
    { account: to.account, currency: to.currency, amountMinor: take },
  ]
  const body = text(main)
  const stored = model.entries.get(key)
  if (stored !== undefined) return stored.body === body ? 'replayed' : 'key-reuse'
  const foreign = base === from.currency ? to.currency : from.currency
  const moves = new Map([
    [from.currency, -give],
    [to.currency, -take],
  ])
  const gain = base === undefined || !moves.has(base) ? 0n : gainOf(model, pair, { base, foreign, moves })
  const extra: NewPosting[] =
    gain === 0n
      ? []
      : [
          { account: pair, currency: base ?? '', amountMinor: gain },
          { account: gain > 0n ? '4900' : '5900', currency: base ?? '', amountMinor: -gain },
        ]
  const outcome = postEntry(model, { key, kind: 'exchange', postings: [...main, ...extra] }, now)
  if (outcome === 'posted') Object.assign(model.entries.get(key) ?? {}, { body })
  return outcome
}

type Side = { base: string; foreign: string; moves: Map<string, bigint> }

/** Average cost: what the closed share of the position cost, against what it is closed for. */
function gainOf(model: Model, pair: string, { base, foreign, moves }: Side): bigint {
  const held = accountOf(model, pair, foreign).balance
  const moved = moves.get(foreign) ?? 0n
  if (held === 0n || held > 0n === moved > 0n) return 0n
  const size = (amount: bigint) => (amount < 0n ? -amount : amount)
  const closed = size(held) < size(moved) ? size(held) : size(moved)
  const cost = (accountOf(model, pair, base).balance * closed) / size(held)
  const proceeds = ((moves.get(base) ?? 0n) * closed) / size(moved)
  return -(cost + proceeds)
}

function close(model: Model, through: number, now: number): string {
  if (through <= model.openFrom || through > now) return 'refused'
  change(model, model, { openFrom: through } as Partial<Model>)
  return 'closed'
}
