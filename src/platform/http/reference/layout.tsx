/** @jsxImportSource hono/jsx */
import type { Child, FC } from 'hono/jsx'
import { t } from '../../i18n/index.ts'
import { dir, type Locale } from '../../../shared/locale.ts'
import { STYLE_PATH } from './style.ts'

/** What frames a page of the documentation. */
export type DocsLayoutProps = {
  locale: Locale
  path: string
  title: string
  contents: Child
  children: Child
}

/** Header with the way to the other page and the other language, contents at the side, the page itself. No script. */
export const DocsLayout: FC<DocsLayoutProps> = ({ locale, path, title, contents, children }) => {
  const other: Locale = locale === 'ar' ? 'en' : 'ar'
  return (
    <html lang={locale} dir={dir(locale)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <link rel="stylesheet" href={STYLE_PATH} />
      </head>
      <body>
        <a class="skip" href="#content">
          {t(locale, 'common.skip-to-content')}
        </a>
        <header>
          <a class="name" href={`/docs/api?lang=${locale}`}>
            {t(locale, 'reference.title')}
          </a>
          <nav>
            <a href={`/docs/api?lang=${locale}`}>{t(locale, 'reference.api-link')}</a>
            <a href={`/docs/problems?lang=${locale}`}>{t(locale, 'reference.problems-link')}</a>
            <a href={`${path}?lang=${other}`} lang={other} hreflang={other}>
              {t(other, `common.language.${other}`)}
            </a>
          </nav>
        </header>
        <div class="sides">
          <nav class="contents" aria-label={t(locale, 'reference.contents')}>
            {contents}
          </nav>
          <main id="content">
            <h1>{title}</h1>
            {children}
          </main>
        </div>
      </body>
    </html>
  )
}

/** Paragraphs of the catalogue or of a route, with `code` between backticks. */
export const Prose: FC<{ text: string }> = ({ text }) => (
  <>
    {text.split('\n\n').map((paragraph) => (
      <p>
        {paragraph.split('`').map((part, at) =>
          at % 2 === 0 ? (
            part
          ) : (
            // What is copied from here must not hold the marks that keep directions apart.
            <code dir="ltr">{part.replace(/[\u2066-\u2069]/g, '')}</code>
          ),
        )}
      </p>
    ))}
  </>
)
