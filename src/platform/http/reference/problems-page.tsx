/** @jsxImportSource hono/jsx */
import type { FC } from 'hono/jsx'
import { hasMessage, t } from '../../i18n/index.ts'
import { dir, locales, type Locale } from '../../../shared/locale.ts'
import { PROBLEM_TYPES } from '../problem-types.ts'
import { DocsLayout } from './layout.tsx'

const types = Object.entries(PROBLEM_TYPES).toSorted(
  ([a, one], [b, other]) => one - other || (a < b ? -1 : 1),
)

/** Values that the sentences of problems quote, as they may look. */
const sampleValues = {
  retrySeconds: 30,
  slug: 'noura',
  email: 'noura@example.com',
  right: 'orders:read',
  count: 3,
  hours: 31,
  currency: 'KWD',
  found: 'text/html',
  limitGigabytes: 5,
  mostMegabytes: 64,
  state: 'posted',
  left: 3,
  product: 'PDF',
  total: 'KWD 1.999',
  provider: 'test',
  limit: 5,
  most: 20,
  open: 3,
  met: 1,
  needed: 3,
  account: '1150',
  code: '1150',
  openFrom: '2026-03-01',
  base: 'USD',
  quote: 'KWD',
  status: 'paid',
  day: '2026-03-01',
}

/** Every problem type with its status, title and sentence in both languages, by status. */
export const ProblemsPage: FC<{ locale: Locale }> = ({ locale }) => (
  <DocsLayout
    locale={locale}
    path="/docs/problems"
    title={t(locale, 'reference.problems.title')}
    contents={
      <ul dir="ltr">
        {types.map(([slug]) => (
          <li>
            <a href={`#${slug}`}>{slug}</a>
          </li>
        ))}
      </ul>
    }
  >
    <p>{t(locale, 'reference.problems.intro')}</p>
    {types.map(([slug, status]) => (
      <article>
        <h2 id={slug}>
          <code dir="ltr">{slug}</code>
        </h2>
        <p class="note">{t(locale, 'reference.problems.status', { status: String(status) })}</p>
        <dl>
          {[locale, ...locales.filter((other) => other !== locale)].map((language) => (
            <div lang={language} dir={dir(language)}>
              <dt>{sentence(language, slug, 'title')}</dt>
              <dd>{sentence(language, slug, 'detail')}</dd>
            </div>
          ))}
        </dl>
      </article>
    ))}
  </DocsLayout>
)

function sentence(locale: Locale, slug: string, part: 'title' | 'detail'): string {
  const key = `problems.${slug}.${part}`
  return hasMessage(locale, key) ? t(locale, key, sampleValues) : slug
}
