/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { t } from '../../../platform/i18n/index.ts'
import { formatDate } from '../../../shared/dates.ts'
import { pick } from '../../../storefront/bilingual.ts'
import { Icon } from '../../../storefront/components/icons.tsx'
import { Amount, Empty, Field, Note } from '../../../storefront/components/parts.tsx'
import { Page } from '../../../storefront/layout.tsx'
import type { Visit } from '../../catalog/index.ts'
import type { listBuyerOrders } from '../../checkout/index.ts'
import { LINK_VALID_MINUTES } from '../operations/send-purchases-links.ts'

type SeenProps = { seen: Visit }
type BuyerOrder = Awaited<ReturnType<typeof listBuyerOrders>>['items'][number]

function Frame({ seen, children }: SeenProps & { children?: Child }): JSX.Element {
  const { locale, frame, ctx, path } = seen
  return (
    <Page
      locale={locale}
      origin={ctx.config.publicUrl}
      path={path}
      title={t(locale, 'storefront.purchases.title')}
      store={frame}
    >
      <main class="wrap narrow" id="content">
        {children}
      </main>
    </Page>
  )
}

type AskProps = SeenProps & { typed: string; error?: string | undefined }

/** Asks for the address that the visitor bought with. */
export function AskPage({ seen, typed, error }: AskProps): JSX.Element {
  const { locale, frame, ctx } = seen
  return (
    <Frame seen={seen}>
      <h1>{t(locale, 'storefront.purchases.title')}</h1>
      {ctx.mail !== undefined && <p class="lead">{t(locale, 'storefront.purchases.lead')}</p>}
      {error !== undefined && (
        <Note icon="alert" tone="bad" says="at-once">
          <a href="#email">{error}</a>
        </Note>
      )}
      {ctx.mail === undefined ? (
        <Note icon="mail" tone="warm">
          {t(locale, 'storefront.purchases.unsent')}{' '}
          {frame.supportEmail !== '' && t(locale, 'storefront.order.contact', { email: frame.supportEmail })}
        </Note>
      ) : (
        <AskForm seen={seen} typed={typed} error={error} />
      )}
    </Frame>
  )
}

function AskForm({ seen: { locale, paths }, typed, error }: AskProps): JSX.Element {
  return (
    <form method="post" action={paths.purchases} class="panel buy ask" novalidate>
      <Field
        name="email"
        type="email"
        label={t(locale, 'storefront.purchases.email')}
        value={typed}
        error={error}
        locale={locale}
        autocomplete="email"
        inputmode="email"
        ltr
      />
      <button class="button wide">{t(locale, 'storefront.purchases.send')}</button>
    </form>
  )
}

/** What to do after asking. */
export function SentPage({ seen }: SeenProps): JSX.Element {
  const { locale, paths } = seen
  return (
    <Frame seen={seen}>
      <Empty
        icon="mail"
        heading="h1"
        title={t(locale, 'storefront.purchases.sent-title')}
        text={t(locale, 'storefront.purchases.sent', { minutes: LINK_VALID_MINUTES })}
      >
        <p class="small">{t(locale, 'storefront.purchases.sent-hint')}</p>
        <a class="button quiet" href={paths.purchases}>
          {t(locale, 'storefront.purchases.again')}
        </a>
      </Empty>
    </Frame>
  )
}

/** The button that uses the mailed link up. */
export function EnterPage({ seen, token }: SeenProps & { token: string }): JSX.Element {
  const { locale, paths } = seen
  return (
    <Frame seen={seen}>
      <Empty
        icon="bag"
        heading="h1"
        title={t(locale, 'storefront.purchases.title')}
        text={t(locale, 'storefront.purchases.open-lead')}
      >
        <form method="post" action={`${paths.purchases}/enter`}>
          <input type="hidden" name="token" value={token} />
          <button class="button">{t(locale, 'storefront.purchases.open')}</button>
        </form>
      </Empty>
    </Frame>
  )
}

/** The link was used, or is too old. */
export function ExpiredPage({ seen }: SeenProps): JSX.Element {
  const { locale, paths } = seen
  return (
    <Frame seen={seen}>
      <Empty
        icon="clock"
        heading="h1"
        title={t(locale, 'storefront.purchases.expired-title')}
        text={t(locale, 'storefront.purchases.expired')}
      >
        <a class="button" href={paths.purchases}>
          {t(locale, 'storefront.purchases.new-link')}
        </a>
      </Empty>
    </Frame>
  )
}

type ListProps = SeenProps & {
  email: string
  orders: readonly BuyerOrder[]
  links: ReadonlyMap<string, string>
  next: string | null
}

/** The visitor's paid orders, the newest first. */
export function ListPage({ seen, email, orders, links, next }: ListProps): JSX.Element {
  const { locale, paths } = seen
  return (
    <Frame seen={seen}>
      <h1>{t(locale, 'storefront.purchases.title')}</h1>
      <div class="row between">
        <p class="muted">{t(locale, 'storefront.purchases.list-lead', { email })}</p>
        <form method="post" action={`${paths.purchases}/leave`}>
          <button class="plain">{t(locale, 'storefront.purchases.leave')}</button>
        </form>
      </div>
      {orders.length === 0 ? (
        <Empty
          icon="bag"
          title={t(locale, 'storefront.purchases.empty-title')}
          text={t(locale, 'storefront.purchases.empty')}
        />
      ) : (
        <ul class="lines">
          {orders.map((order) => (
            <OrderLine seen={seen} order={order} link={links.get(order.id) ?? paths.purchases} />
          ))}
        </ul>
      )}
      {next !== null && (
        <p class="pager row">
          <a class="button quiet" href={`${paths.purchases}?after=${encodeURIComponent(next)}`}>
            {t(locale, 'common.action.show-more')}
          </a>
        </p>
      )}
    </Frame>
  )
}

function OrderLine({ seen, order, link }: SeenProps & { order: BuyerOrder; link: string }): JSX.Element {
  const { locale, store } = seen
  const date = formatDate(new Date(order.placedAt), locale, { timeZone: store.timeZone, length: 'long' })
  return (
    <li>
      <span class="kind">
        <Icon name="bag" />
      </span>
      <span class="grow">
        <a
          href={link}
          aria-label={`${titles(order, seen)}. ${t(locale, 'storefront.purchases.open-order', { number: order.number })}`}
        >
          {titles(order, seen)}
        </a>
        <span class="muted small row">
          <time datetime={order.placedAt}>{date}</time>
          <bdi dir="ltr">{order.number}</bdi>
          {order.status !== 'paid' && (
            <span class="tag">{t(locale, `storefront.order.states.${order.status}`)}</span>
          )}
        </span>
      </span>
      <Amount money={order.total} locale={locale} />
    </li>
  )
}

function titles({ lines }: BuyerOrder, { locale }: Visit): string {
  const [first, ...others] = lines.map(({ title }) => pick(title, locale))
  if (first === undefined) return ''
  return others.length === 0 ? first : t(locale, 'storefront.purchases.with', { first, count: others.length })
}
