/** @jsxImportSource hono/jsx */
import type { FC } from 'hono/jsx'
import { hasMessage, t } from '../../i18n/index.ts'
import type { Locale } from '../../../shared/locale.ts'
import {
  GUIDE,
  operationsOf,
  problemsOf,
  tagKey,
  type Answer,
  type ApiDocument,
  type Content,
  type Method,
  type Operation,
  type Parameter,
  type Schema,
} from './document.ts'
import { guideValues } from './guide-values.ts'
import { DocsLayout, Prose } from './layout.tsx'
import { Messages } from './messages.tsx'
import { exampleOf, meaningOf, resolve, rowsOf, typeOf } from './schema-rows.ts'

type Route = { path: string; method: Method; operation: Operation }
type Frame = { locale: Locale; document: ApiDocument }

/** The whole interface on one page: guide, routes by tag, named schemas. */
export const ApiPage: FC<Frame> = ({ locale, document }) => {
  const routes = operationsOf(document)
  const groups = document.tags.map(({ name }) => ({
    name,
    routes: routes.filter(({ operation }) => operation.tags?.[0] === name),
  }))
  return (
    <DocsLayout
      locale={locale}
      path="/docs/api"
      title={t(locale, 'reference.title')}
      contents={<Contents locale={locale} groups={groups} />}
    >
      <p>{t(locale, 'reference.intro')}</p>
      <p>
        <a href="/api/v1/openapi.json">{t(locale, 'reference.document')}</a>
      </p>
      <h2 id="guide">{t(locale, 'reference.guide-title')}</h2>
      {GUIDE.map((chapter) => (
        <>
          <h3 id={`guide-${chapter}`}>{t(locale, `reference.guide.${chapter}.title`)}</h3>
          <Prose text={t(locale, `reference.guide.${chapter}.text`, guideValues)} />
        </>
      ))}
      {locale === 'en' ? null : <p class="note">{t(locale, 'reference.english-note')}</p>}
      {groups.map(({ name, routes: own }) => (
        <section>
          <h2 id={tagKey(name)}>{tagTitle(locale, name)}</h2>
          {hasMessage(locale, `reference.tag.${tagKey(name)}.text`) ? (
            <p>{t(locale, `reference.tag.${tagKey(name)}.text`)}</p>
          ) : null}
          {own.map((route) => (
            <RouteSection locale={locale} document={document} route={route} />
          ))}
        </section>
      ))}
      <Messages locale={locale} document={document} />
      <Schemas locale={locale} document={document} />
    </DocsLayout>
  )
}

const Contents: FC<{ locale: Locale; groups: { name: string; routes: Route[] }[] }> = ({
  locale,
  groups,
}) => (
  <>
    <strong>{t(locale, 'reference.guide-title')}</strong>
    <ul>
      {GUIDE.map((chapter) => (
        <li>
          <a href={`#guide-${chapter}`}>{t(locale, `reference.guide.${chapter}.title`)}</a>
        </li>
      ))}
    </ul>
    {groups.map(({ name, routes }) => (
      <>
        <strong>{tagTitle(locale, name)}</strong>
        <ul lang="en" dir="ltr">
          {routes.map(({ operation }) => (
            <li>
              <a href={`#${operation.operationId ?? ''}`}>{operation.summary}</a>
            </li>
          ))}
        </ul>
      </>
    ))}
    <strong>
      <a href="#schemas">{t(locale, 'reference.schemas-title')}</a>
    </strong>
  </>
)

function tagTitle(locale: Locale, name: string): string {
  const key = `reference.tag.${tagKey(name)}.title`
  return hasMessage(locale, key) ? t(locale, key) : name
}

const RouteSection: FC<Frame & { route: Route }> = ({ locale, document, route }) => {
  const { path, method, operation } = route
  return (
    <article>
      <h3 id={operation.operationId} lang="en" dir="ltr">
        {operation.summary}
      </h3>
      <p class="route" dir="ltr">
        <span class={`method ${method}`}>{method}</span>
        <code>{path}</code>
      </p>
      <p class="note">{t(locale, `reference.access.${accessOf(operation)}`)}</p>
      {operation.description === undefined ? null : (
        <div lang="en" dir="ltr">
          <Prose text={operation.description} />
        </div>
      )}
      <Parameters locale={locale} parameters={operation.parameters ?? []} />
      <Body locale={locale} document={document} content={operation.requestBody?.content} />
      <Answers locale={locale} document={document} operation={operation} />
      <Example locale={locale} document={document} route={route} />
    </article>
  )
}

function accessOf({ security = [] }: Operation): 'public' | 'session' | 'both' {
  if (security.length === 0) return 'public'
  return security.some((one) => 'token' in one) ? 'both' : 'session'
}

const Parameters: FC<{ locale: Locale; parameters: Parameter[] }> = ({ locale, parameters }) =>
  parameters.length === 0 ? null : (
    <>
      <h4>{t(locale, 'reference.part.parameters')}</h4>
      <div class="table">
        <table>
          <Head locale={locale} columns={['name', 'place', 'type', 'meaning']} />
          {parameters.map(({ name, in: place, required, schema, description }) => (
            <tr>
              <td>
                <code dir="ltr">{name}</code> <Required locale={locale} is={required === true} />
              </td>
              <td>{t(locale, `reference.place.${place}`)}</td>
              <td>
                <code dir="ltr">{typeOf(schema ?? {})}</code>
              </td>
              <td lang="en" dir="auto">
                {meaningOf(schema ?? {}, description)}
              </td>
            </tr>
          ))}
        </table>
      </div>
    </>
  )

const Body: FC<Frame & { content: Content | undefined }> = ({ locale, document, content }) => {
  const [media, form] = Object.entries(content ?? {})[0] ?? []
  if (media === undefined || form?.schema === undefined) return null
  return (
    <>
      <h4>
        {t(locale, 'reference.part.body')} <code dir="ltr">{media}</code>
      </h4>
      <SchemaTable locale={locale} document={document} schema={form.schema} />
    </>
  )
}

const SchemaTable: FC<Frame & { schema: Schema }> = ({ locale, document, schema }) => {
  const rows = rowsOf(resolve(schema, document), document)
  const name = (
    <p>
      <TypeName type={typeOf(schema)} ref={schema.$ref?.split('/').at(-1)} />
    </p>
  )
  if (rows.length === 0) return name
  return (
    <div class="table">
      {schema.$ref === undefined ? null : name}
      <table>
        <Head locale={locale} columns={['name', 'type', 'meaning']} />
        {rows.map((row) => (
          <tr>
            <td>
              <code dir="ltr">{row.path}</code> <Required locale={locale} is={row.required} />
            </td>
            <td>
              <TypeName type={row.type} ref={row.ref} />
            </td>
            <td lang="en" dir="auto">
              {row.description}
            </td>
          </tr>
        ))}
      </table>
    </div>
  )
}

const TypeName: FC<{ type: string; ref?: string | undefined }> = ({ type, ref }) => {
  const code = <code dir="ltr">{type}</code>
  return ref === undefined ? code : <a href={`#schema-${ref}`}>{code}</a>
}

const Head: FC<{ locale: Locale; columns: string[] }> = ({ locale, columns }) => (
  <tr>
    {columns.map((column) => (
      <th scope="col">{t(locale, `reference.column.${column}`)}</th>
    ))}
  </tr>
)

const Required: FC<{ locale: Locale; is: boolean }> = ({ locale, is }) =>
  is ? <span class="required">{t(locale, 'reference.required')}</span> : null

const Answers: FC<Frame & { operation: Operation }> = ({ locale, document, operation }) => {
  const answers = Object.entries(operation.responses)
  const good = answers.filter(([status]) => status < '400')
  const bad = answers.filter(([status]) => status >= '400')
  return (
    <>
      <h4>{t(locale, 'reference.part.answers')}</h4>
      {good.map(([status, answer]) => (
        <GoodAnswer locale={locale} document={document} status={status} answer={answer} />
      ))}
      <h4>{t(locale, 'reference.part.problems')}</h4>
      <ul>
        {bad.map(([status, answer]) => (
          <li>
            <span dir="ltr">{status}</span>
            {': '}
            {problemsOf(answer).map((slug) => (
              <>
                <a href={`/docs/problems?lang=${locale}#${slug}`}>
                  <code dir="ltr">{slug}</code>
                </a>{' '}
              </>
            ))}
          </li>
        ))}
      </ul>
    </>
  )
}

const GoodAnswer: FC<Frame & { status: string; answer: Answer }> = ({ locale, document, status, answer }) => {
  const schema = Object.values(answer.content ?? {})[0]?.schema
  return (
    <>
      <p lang="en" dir="ltr">
        <strong>{status}</strong> {answer.description}
      </p>
      {schema === undefined ? null : <SchemaTable locale={locale} document={document} schema={schema} />}
    </>
  )
}

const Example: FC<Frame & { route: Route }> = ({ locale, document, route }) => {
  const answer = Object.entries(route.operation.responses).find(([status]) => status < '300')?.[1]
  const schema = answer?.content?.['application/json']?.schema
  return (
    <>
      <h4>{t(locale, 'reference.part.example')}</h4>
      <pre aria-label={t(locale, 'reference.part.request')}>
        <code>{requestLine(route, document)}</code>
      </pre>
      {schema === undefined ? null : (
        <pre aria-label={t(locale, 'reference.part.answer')}>
          <code>{JSON.stringify(exampleOf(schema, document), null, 2)}</code>
        </pre>
      )}
    </>
  )
}

function requestLine({ path, method, operation }: Route, document: ApiDocument): string {
  const { parameters = [], requestBody } = operation
  const headers = parameters.filter((one) => one.in === 'header' && one.required === true)
  const body = requestBody?.content['application/json']?.schema
  const filled = path.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const schema = parameters.find((one) => one.in === 'path' && one.name === name)?.schema
    return schema === undefined ? whole : String(exampleOf(schema, document))
  })
  const parts = [
    `curl -X ${method.toUpperCase()} '${document.servers[0]?.url ?? ''}${filled}'`,
    ...(accessOf(operation) === 'both' ? ["-H 'Authorization: Bearer rafid_…'"] : []),
    ...(accessOf(operation) === 'session' ? ["-H 'Cookie: …'"] : []),
    ...headers.map(({ name, schema }) => `-H '${name}: ${String(exampleOf(schema ?? {}, document))}'`),
    ...(body === undefined
      ? []
      : [
          "-H 'Content-Type: application/json'",
          `-d '${JSON.stringify(exampleOf(body, document), null, 2).replaceAll("'", "'\\''")}'`,
        ]),
  ]
  return parts.join(' \\\n  ')
}

const Schemas: FC<Frame> = ({ locale, document }) => (
  <section>
    <h2 id="schemas">{t(locale, 'reference.schemas-title')}</h2>
    {Object.entries(document.components.schemas ?? {}).map(([name, schema]) => (
      <article>
        <h3 id={`schema-${name}`} dir="ltr">
          <code>{name}</code>
        </h3>
        <p lang="en" dir="ltr">
          {meaningOf(schema)}
        </p>
        <SchemaTable locale={locale} document={document} schema={schema} />
      </article>
    ))}
  </section>
)
