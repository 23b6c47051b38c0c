import { toDecimalString } from '../../../shared/money.ts'
import type { ExportFormat } from './exported-books.ts'

const TOP = ['Assets', 'Liabilities', 'Equity', 'Income', 'Expenses']

/** A file that Beancount 2 and 3 read. Source: https://beancount.github.io/docs/beancount_language_syntax.html */
export const beancount: ExportFormat = {
  contentType: 'text/plain; charset=utf-8',
  extension: 'beancount',
  head(accounts) {
    const opened = accounts.flatMap(({ code, currencies, nameEn, nameAr }) => [
      `1900-01-01 open ${nameOf(code)} ${currencies.toSorted().join(',')}`,
      `  name: ${quote(nameEn)}`,
      `  name-ar: ${quote(nameAr)}`,
    ])
    return `option "title" "Rafid"\n${opened.join('\n')}\n`
  },
  entry({ id, effectiveAt, kind, memo, postings }) {
    const lines = postings.flatMap(({ account, currency, amountMinor, stream }) => [
      `  ${nameOf(account)}  ${toDecimalString({ amountMinor, currency })} ${currency}`,
      ...(stream === null ? [] : [`    stream: ${quote(`${stream.kind}/${stream.id}`)}`]),
    ])
    return `\n${effectiveAt.slice(0, 10)} * ${quote(kind)} ${quote(memo)}\n  entry: "${id}"\n${lines.join('\n')}\n`
  },
}

/** Every part of an account's name must begin with a capital or a digit; codes have small letters only, so none collide. */
function nameOf(code: string): string {
  const parts = code.split('.').map((part) => part.charAt(0).toUpperCase() + part.slice(1))
  return [TOP[Number(code[0]) - 1] ?? '', ...parts].join(':')
}

function quote(text: string): string {
  return `"${text
    .replace(/[\r\n]+/gu, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')}"`
}
