// Writes the tables of docs/privacy.md from what the program does; a test compares them. Usage: node scripts/privacy-tables.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RETENTION } from '../src/platform/retention.ts'

type Language = 'en' | 'ar'

const path = join(import.meta.dirname, '../docs/privacy.md')
const HEADS = {
  en: ['what', 'kept for', 'why'],
  ar: ['ماذا', 'مدة الحفظ', 'لماذا'],
} as const

/** The table of retention in one language, as Markdown. */
export function retentionTable(language: Language): string {
  const rows = RETENTION.map(({ what, days, why }) => [
    what[language],
    lastsFor(days, language),
    why[language],
  ])
  const lines = [HEADS[language], HEADS[language].map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function lastsFor(days: number | undefined, language: Language): string {
  if (days === undefined) return language === 'en' ? 'as long as the store' : 'ما بقي المتجر'
  const unit = new Intl.NumberFormat(language === 'en' ? 'en' : 'ar-u-nu-latn', {
    style: 'unit',
    unit: 'day',
    unitDisplay: 'long',
  })
  return unit.format(days)
}

/** The document with its tables as they are now. */
export function withTables(text: string): string {
  return (['en', 'ar'] as const).reduce(
    (whole, language) =>
      whole.replace(
        new RegExp(`(<!-- retention ${language} -->\\n)[\\s\\S]*?(\\n<!-- end -->)`),
        (_all, begin: string, end: string) => `${begin}\n${retentionTable(language)}\n${end}`,
      ),
    text,
  )
}

if (process.argv[1] === import.meta.filename) writeFileSync(path, withTables(readFileSync(path, 'utf8')))
