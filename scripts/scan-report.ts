// Prints what the scanner found, and ends with 1 if there is anything that nobody has explained.
import { readFileSync } from 'node:fs'

type Finding = { method: string; path: string; info: string; parameter: string | null }
type Report = Record<'vulnerabilities' | 'anomalies' | 'additionals', Record<string, Finding[]>> & {
  infos: { version: string; target: string; crawled_pages_nbr?: number }
}

const report = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Report
const found = (['vulnerabilities', 'anomalies', 'additionals'] as const).flatMap((kind) =>
  Object.entries(report[kind]).flatMap(([name, findings]) =>
    findings.map(
      ({ method, path, info, parameter }) => `${kind}: ${name}: ${method} ${path} ${parameter ?? ''} ${info}`,
    ),
  ),
)
/** What it takes for a weakness and is none, and why; docs/security.md says it at length. */
const EXPLAINED: readonly (readonly [RegExp, string])[] = [
  [
    /Cross Site Request Forgery/,
    'a change from another origin is refused by Origin and Sec-Fetch-Site, and cookies are SameSite',
  ],
  [/X-XSS-Protection is not set/, 'browsers dropped it; the content policy runs no inline code'],
  [/Strict-Transport-Security is not set/, 'over plain http it would mean nothing; over https it is set'],
]

const reasonFor = (line: string) => EXPLAINED.find(([pattern]) => pattern.test(line))?.[1]
const unexplained = found.filter((line) => reasonFor(line) === undefined)
console.log(`${report.infos.version}: ${found.length} findings, ${unexplained.length} unexplained`)
for (const line of found) console.log(`${line}\n  ${reasonFor(line) ?? 'NOT EXPLAINED'}`)
process.exitCode = unexplained.length === 0 ? 0 : 1
