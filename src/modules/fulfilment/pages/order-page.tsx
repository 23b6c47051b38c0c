/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { NotFound } from '../../../platform/errors.ts'
import type { HttpContext } from '../../../platform/http/env.ts'
import { t } from '../../../platform/i18n/index.ts'
import { formatDateTime } from '../../../shared/dates.ts'
import { isId } from '../../../shared/ids.ts'
import { Amount, Note, Words } from '../../../storefront/components/parts.tsx'
import { Page, renderPage } from '../../../storefront/layout.tsx'
import { visit, type Visit } from '../../catalog/index.ts'
import {
  findReceiptStatus,
  forgetPaidCart,
  getOrderByKey,
  payFormHeaders,
  Sums,
  type Order,
} from '../../checkout/index.ts'
import { listOrderRights } from '../operations/list-order-rights.ts'
import type { BuyerView } from '../schema.ts'
import { mailStateOf, type MailState } from './mail-state.ts'
import { OrderState, stateOf } from './order-state.tsx'
import { OrderFiles } from './order-files.tsx'

/** All that an order's page shows. */
export type OrderView = {
  seen: Visit
  order: Order
  rights: readonly BuyerView[]
  key: string
  /** What became of the mail with the links and the receipt. */
  mail: MailState
}

/** The order for whoever has its key: the page of thanks, the way to the files, and the receipt that can be kept. */
export async function answerOrderPage(c: HttpContext): Promise<Response> {
  const seen = await visit(c)
  const orderId = c.req.param('id') ?? ''
  const key = c.req.query('key') ?? ''
  if (!isId(orderId)) throw new NotFound()
  const order = await getOrderByKey(seen.ctx, orderId, key)
  const paid = order.paidAt !== null
  const rights = paid ? await listOrderRights(seen.ctx, [orderId]) : []
  const receipt = paid ? await findReceiptStatus(seen.ctx, orderId) : undefined
  if (paid) await forgetPaidCart(c, seen, orderId)
  const unreachable = c.req.query('did') === 'provider'
  const mail = mailStateOf(receipt, seen.ctx.mail !== undefined)
  const page = <OrderDocument view={{ seen, order, rights, key, mail }} unreachable={unreachable} />
  return c.html(renderPage(page), 200, payFormHeaders(seen))
}

function OrderDocument({ view, unreachable }: { view: OrderView; unreachable: boolean }): JSX.Element {
  const { seen, order } = view
  const { locale, frame, ctx, path } = seen
  const title = t(locale, 'storefront.order.title')
  const state = stateOf(view)
  const mark = `${state} ${view.rights.length} ${order.documents.length}`
  // An invoice follows within seconds; nobody is kept waiting for one that does not come.
  const waits = state === 'pending' || state === 'processing' || state === 'preparing'
  return (
    <Page locale={locale} origin={ctx.config.publicUrl} path={path} title={title} store={frame} waits={waits}>
      <main class="wrap" id="content" data-state={mark} {...(waits ? { 'data-waits': '' } : {})}>
        {unreachable && (
          <Note icon="alert" tone="bad" says="at-once">
            {t(locale, 'storefront.error.provider')}
          </Note>
        )}
        <OrderState view={view} state={state} />
        <div class="two">
          <div>
            <OrderFiles view={view} />
            <p class="muted small part">
              {ctx.mail !== undefined &&
                `${t(locale, 'storefront.order.keep', { purchases: t(locale, 'storefront.nav.purchases') })} `}
              {frame.supportEmail !== '' &&
                t(locale, 'storefront.order.contact', { email: frame.supportEmail })}
            </p>
          </div>
          <Details view={view} />
        </div>
      </main>
    </Page>
  )
}

function Details({ view: { seen, order, key } }: { view: OrderView }): JSX.Element {
  const { locale, store } = seen
  const when = (instant: string) => formatDateTime(new Date(instant), locale, { timeZone: store.timeZone })
  return (
    <aside class="side" aria-labelledby="details">
      <div class="panel">
        <h2 id="details">{t(locale, 'storefront.order.details')}</h2>
        <ul class="lines">
          {order.lines.map((line) => (
            <li>
              <span class="grow">
                <Words text={line.title} locale={locale} />
                {line.quantity > 1 && (
                  <span class="muted">
                    {' '}
                    {t(locale, 'storefront.order.quantity', { count: line.quantity })}
                  </span>
                )}
              </span>
              <Amount money={order.pricesIncludeTax ? line.total : line.net} locale={locale} />
            </li>
          ))}
        </ul>
        <Sums figures={order} locale={locale} />
        <dl class="sum small facts-list">
          <Detail name={t(locale, 'storefront.order.status')}>
            {t(locale, `storefront.order.states.${order.status}`)}
          </Detail>
          <Detail name={t(locale, 'storefront.order.placed')}>
            <time datetime={order.placedAt}>{when(order.placedAt)}</time>
          </Detail>
          <Detail name={t(locale, 'storefront.order.email')}>
            <bdi dir="ltr">{order.email}</bdi>
          </Detail>
        </dl>
      </div>
      <Documents seen={seen} order={order} orderKey={key} />
    </aside>
  )
}

function Detail({ name, children }: { name: string; children?: JSX.Element | string }): JSX.Element {
  return (
    <div>
      <dt class="muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Documents(props: { seen: Visit; order: Order; orderKey: string }): JSX.Element {
  const { seen, order, orderKey } = props
  const { locale, store } = seen
  if (order.paidAt === null) return <></>
  const free = order.total.amount === '0'
  const base = `/api/v1/stores/${encodeURIComponent(store.slug)}/orders/${order.id}/documents`
  return (
    <section class="panel" aria-labelledby="documents">
      <h2 id="documents">{t(locale, 'storefront.order.documents')}</h2>
      {free && (
        <p>
          <a href={`${base}/receipt?key=${encodeURIComponent(orderKey)}`}>
            {t(locale, 'storefront.order.receipt')}
          </a>
        </p>
      )}
      {order.documents.length === 0 || free ? (
        <p class="muted small">{t(locale, `storefront.order.${free ? 'no-invoice' : 'invoice-soon'}`)}</p>
      ) : (
        <ul class="lines">
          {order.documents.map((document) => (
            <li>
              <a class="grow" href={`${base}/${document.id}?key=${encodeURIComponent(orderKey)}`}>
                {t(locale, `storefront.order.${document.kind}`)}
              </a>
              <bdi class="muted small" dir="ltr">
                {document.number}
              </bdi>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
