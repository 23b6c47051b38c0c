import type { CurrencyCode } from '../../../shared/currencies.ts'
import { parseMoney } from '../../../shared/parse-money.ts'
import type { Posting } from '../../api/ledger.ts'
import { differencesOf, type LineDraft } from './entry-form.ts'
import { isDebit } from './sides.ts'

/** How much of each line is to be reversed, as typed, by the line's number. */
export type PartDraft = Readonly<Record<number, string>>

/** What of a line is not reversed yet, in minor units, whichever its side. */
export function openOf({ amount, open }: Posting): bigint {
  const left = BigInt((open ?? amount).amount)
  return left < 0n ? -left : left
}

/** Whether something of a line can still be reversed. */
export function isOpen(posting: Posting): boolean {
  return openOf(posting) > 0n
}

/**
 * The draft after an amount was typed for a line. An entry of two lines takes it on both: nothing else balances.
 */
export function typePart(
  postings: readonly Posting[],
  draft: PartDraft,
  line: number,
  text: string,
): PartDraft {
  const together = postings.length === 2 ? postings.map((posting) => posting.line) : [line]
  return { ...draft, ...Object.fromEntries(together.map((one) => [one, text])) }
}

/** The parts as lines of an entry, each on the side of the line that it lessens. */
export function linesOfParts(postings: readonly Posting[], draft: PartDraft): LineDraft[] {
  return postings.map((posting) => {
    const { line, account, amount } = posting
    const text = draft[line] ?? ''
    const side = isDebit(amount) ? { debit: text, credit: '' } : { debit: '', credit: text }
    return { account, currency: amount.currency, ...side }
  })
}

/** Why the parts cannot be reversed yet; undefined when they can. */
export function faultOfParts(
  postings: readonly Posting[],
  draft: PartDraft,
): 'incomplete' | 'too-much' | 'unbalanced' | undefined {
  const typed = postings.filter(({ line }) => (draft[line] ?? '').trim() !== '')
  const amounts = typed.map(({ line, amount }) => readPart(draft, line, amount.currency))
  if (typed.length < 2 || amounts.some((amount) => amount === undefined || amount <= 0n)) return 'incomplete'
  if (typed.some((posting) => isTooMuch(posting, draft))) return 'too-much'
  const differences = differencesOf(linesOfParts(postings, draft))
  return differences.some(({ differenceMinor }) => differenceMinor !== 0n) ? 'unbalanced' : undefined
}

/** Whether more is typed for a line than is left of it. */
export function isTooMuch(posting: Posting, draft: PartDraft): boolean {
  return (readPart(draft, posting.line, posting.amount.currency) ?? 0n) > openOf(posting)
}

/** The lines to send of parts without faults: each with the sign that its line has. */
export function partsToSend(postings: readonly Posting[], draft: PartDraft) {
  return postings.flatMap(({ line, amount }) => {
    const part = readPart(draft, line, amount.currency)
    if (part === undefined) return []
    const signed = isDebit(amount) ? part : -part
    return [{ line, amount: { amount: signed.toString(), currency: amount.currency } }]
  })
}

function readPart(draft: PartDraft, line: number, currency: CurrencyCode): bigint | undefined {
  return parseMoney(draft[line] ?? '', currency)?.amountMinor
}
