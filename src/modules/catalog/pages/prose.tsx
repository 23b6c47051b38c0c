/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Locale } from '../../../shared/locale.ts'
import { languageOf, type Bilingual } from '../../../storefront/bilingual.ts'
import { renderMarkdown } from '../rules/render-markdown.ts'

/** A Markdown text that the seller wrote, in the reader's language where there is one. */
export function Prose({ text, locale }: { text: Bilingual; locale: Locale }): JSX.Element {
  const language = languageOf(text, locale)
  const html = renderMarkdown(text[language], language)
  return (
    <div
      class="prose"
      {...(language === locale ? {} : { lang: language })}
      dangerouslySetInnerHTML={{ __html: html }}
    ></div>
  )
}
