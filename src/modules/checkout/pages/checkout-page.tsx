/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { t } from '../../../platform/i18n/index.ts'
import { Back, Field, Amount, Note, Words } from '../../../storefront/components/parts.tsx'
import { Page } from '../../../storefront/layout.tsx'
import { moneyWords } from '../../../storefront/money-words.ts'
import type { Visit } from '../../catalog/index.ts'
import type { Cart } from '../schema.ts'
import { Sums } from './sums.tsx'

/** What the buyer typed, and the sentences about what is wrong with it. */
export type CheckoutForm = {
  email: string
  name: string
  errors: { email?: string; name?: string }
  /** Of this showing of the form: sent twice, it is one order. */
  key: string
  /** What stopped the order that is no field's fault. */
  notice?: string | undefined
}

type CheckoutProps = { seen: Visit; cart: Cart; form: CheckoutForm }

/** The one page between cart and payment: who buys, what, for how much, and what happens next. */
export function CheckoutDocument({ seen, cart, form }: CheckoutProps): JSX.Element {
  const { locale, frame, paths, ctx, path } = seen
  const title = t(locale, 'storefront.checkout.title')
  const wrong = Object.keys(form.errors).length
  // The first that is read out: whether it went through.
  const name =
    wrong === 0 ? title : `${t(locale, 'storefront.checkout.errors-title', { count: wrong })} · ${title}`
  return (
    <Page locale={locale} origin={ctx.config.publicUrl} path={path} title={name} store={frame}>
      <main class="wrap" id="content">
        <Back href={paths.cart} label={t(locale, 'storefront.checkout.back')} locale={locale} />
        <h1>{title}</h1>
        <Problems seen={seen} form={form} />
        <div class="two">
          <BuyerForm seen={seen} cart={cart} form={form} />
          <Summary seen={seen} cart={cart} />
        </div>
      </main>
    </Page>
  )
}

function Problems({ seen: { locale }, form }: { seen: Visit; form: CheckoutForm }): JSX.Element {
  const fields = Object.entries(form.errors)
  if (form.notice === undefined && fields.length === 0) return <></>
  return (
    <Note icon="alert" tone="bad" says="at-once">
      {form.notice !== undefined && <p>{form.notice}</p>}
      {fields.length > 0 && (
        <>
          <p class="strong">{t(locale, 'storefront.checkout.errors-title', { count: fields.length })}</p>
          <ul>
            {fields.map(([name, sentence]) => (
              <li>
                <a href={`#${name}`}>{sentence}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </Note>
  )
}

function BuyerForm({ seen, cart, form }: CheckoutProps): JSX.Element {
  const { locale, paths, frame, ctx } = seen
  const mails = ctx.mail !== undefined
  const free = cart.total.amount === '0'
  return (
    <form method="post" action={paths.checkout} novalidate class="checkout" aria-labelledby="details">
      <h2 id="details">{t(locale, 'storefront.checkout.your-details')}</h2>
      <input type="hidden" name="key" value={form.key} />
      <input type="hidden" name="cart" value={cart.id} />
      <input type="hidden" name="total" value={cart.total.amount} />
      <input type="hidden" name="currency" value={cart.total.currency} />
      <Field
        name="email"
        type="email"
        label={t(locale, 'storefront.checkout.email')}
        hint={`${t(locale, `storefront.checkout.email-hint${mails ? '' : '-unsent'}`)} ${t(locale, 'storefront.checkout.privacy')}`}
        value={form.email}
        error={form.errors.email}
        locale={locale}
        autocomplete="email"
        inputmode="email"
        ltr
      />
      <Field
        name="name"
        label={t(locale, 'storefront.checkout.name')}
        hint={t(locale, 'storefront.checkout.name-hint')}
        value={form.name}
        error={form.errors.name}
        locale={locale}
        autocomplete="name"
      />
      <button class="button wide">
        {free
          ? t(locale, 'storefront.checkout.get')
          : t(locale, 'storefront.checkout.pay', { total: moneyWords(cart.total, locale) })}
      </button>
      {frame.hasPolicy && <Terms seen={seen} />}
      <section class="panel" aria-labelledby="next">
        <h2 id="next">{t(locale, 'storefront.checkout.what-next')}</h2>
        <ol class="steps">
          {!free && <li>{t(locale, 'storefront.checkout.next-pay')}</li>}
          <li>{t(locale, `storefront.checkout.${free ? 'next-free-get' : 'next-get'}`)}</li>
          <li>
            {t(
              locale,
              `storefront.checkout.${mails ? (free ? 'next-mail-free' : 'next-mail') : 'next-keep'}`,
            )}
          </li>
        </ol>
      </section>
    </form>
  )
}

/** The sentence with the policy's name as a link in its place. */
function Terms({ seen: { locale, paths } }: { seen: Visit }): JSX.Element {
  const mark = '\uE000'
  const [before = '', after = ''] = t(locale, 'storefront.checkout.terms', { policy: mark })
    .replace(/[\u2068\u2069]/gu, '')
    .split(mark)
  return (
    <p class="muted small center">
      {before}
      <a href={paths.policy}>{t(locale, 'storefront.checkout.terms-link')}</a>
      {after}
    </p>
  )
}

function Summary({ seen: { locale }, cart }: { seen: Visit; cart: Cart }): JSX.Element {
  return (
    <aside class="side" aria-labelledby="summary">
      <div class="panel">
        <h2 id="summary">{t(locale, 'storefront.cart.summary')}</h2>
        <ul class="lines">
          {cart.lines.map((line) => (
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
              <Amount money={cart.pricesIncludeTax ? line.total : line.net} locale={locale} />
            </li>
          ))}
        </ul>
        <Sums figures={cart} locale={locale} />
      </div>
    </aside>
  )
}
