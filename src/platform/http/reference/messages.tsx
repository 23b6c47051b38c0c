/** @jsxImportSource hono/jsx */
import type { FC } from 'hono/jsx'
import type { Locale } from '../../../shared/locale.ts'
import { t } from '../../i18n/index.ts'
import type { ApiDocument, Operation } from './document.ts'

/** What places outside are sent, each type with an example. */
export const Messages: FC<{ locale: Locale; document: ApiDocument }> = ({ locale, document }) => (
  <section>
    <h2 id="messages-to-endpoints">{t(locale, 'reference.events-title')}</h2>
    <p>{t(locale, 'reference.events-text')}</p>
    {Object.entries(document.webhooks ?? {}).map(([type, { post }]) => (
      <article>
        <h3 id={`message-${type}`} dir="ltr">
          <code>{type}</code>
        </h3>
        <p lang="en" dir="ltr">
          {post?.summary}
        </p>
        <pre aria-label={t(locale, 'reference.part.example')}>
          <code>{JSON.stringify(exampleIn(post), null, 2)}</code>
        </pre>
      </article>
    ))}
  </section>
)

function exampleIn(operation: Operation | undefined): unknown {
  return operation?.requestBody?.content['application/json']?.schema?.example
}
