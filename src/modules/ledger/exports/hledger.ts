import { currencyExponent, type CurrencyCode } from '../../../shared/currencies.ts'
import { toDecimalString } from '../../../shared/money.ts'
import type { ExportFormat } from './exported-books.ts'

const TOP = {
  asset: 'assets',
  liability: 'liabilities',
  equity: 'equity',
  income: 'income',
  expense: 'expenses',
} as const
const TYPE_LETTER = { asset: 'A', liability: 'L', equity: 'E', income: 'R', expense: 'X' } as const

/** A journal that hledger reads. Source: https://hledger.org/1.25/hledger.html#journal-format */
export const hledger: ExportFormat = {
  contentType: 'text/plain; charset=utf-8',
  extension: 'journal',
  head(accounts) {
    const currencies = [...new Set(accounts.flatMap((account) => account.currencies))].toSorted()
    const commodities = currencies.map((currency) => `commodity ${sample(currency)}`)
    const tops = [...new Set(accounts.map(({ type }) => type))].map(
      (type) => `account ${TOP[type]}  ; type: ${TYPE_LETTER[type]}`,
    )
    const opened = accounts.map(
      ({ code, nameEn, nameAr }) => `account ${nameOf(code)}  ; ${line(nameEn)} / ${line(nameAr)}`,
    )
    return `${[...commodities, ...tops, ...opened].join('\n')}\n`
  },
  entry({ id, effectiveAt, kind, memo, postings }) {
    const title = memo === '' ? line(kind) : `${line(kind)} | ${line(memo)}`
    const lines = postings.map(({ account, currency, amountMinor, stream }) => {
      const about = stream === null ? '' : `  ; stream: ${line(`${stream.kind}/${stream.id}`)}`
      return `    ${nameOf(account)}  ${toDecimalString({ amountMinor, currency })} ${currency}${about}`
    })
    return `\n${effectiveAt.slice(0, 10)} * ${title}  ; entry: ${id}\n${lines.join('\n')}\n`
  },
}

function nameOf(code: string): string {
  const top = Object.values(TOP)[Number(code[0]) - 1] ?? ''
  return `${top}:${code.replaceAll('.', ':')}`
}

function sample(currency: CurrencyCode): string {
  const decimals = currencyExponent(currency)
  return decimals === 0 ? `1000. ${currency}` : `1000.${'0'.repeat(decimals)} ${currency}`
}

/** Text that can stand in a line: no line ends, and nothing that begins a comment. */
function line(text: string): string {
  return text
    .replace(/[\r\n]+/gu, ' ')
    .replaceAll(';', ',')
    .trim()
}
