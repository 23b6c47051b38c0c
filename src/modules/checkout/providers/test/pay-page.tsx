/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { t } from '../../../../platform/i18n/index.ts'
import { dir } from '../../../../shared/locale.ts'
import { formatMoney } from '../../../../shared/money.ts'
import { assetUrls } from '../../../../storefront/assets.ts'
import { asCurrency } from '../../../catalog/index.ts'
import type { TEST_ACTIONS } from './act.ts'
import type { TestPayment } from './books.ts'

type Action = (typeof TEST_ACTIONS)[number]

/** The whole page of the test provider, in the storefront's look: what is to be paid, and what a test may let happen. */
export function PayPage({ payment, styleUrl }: { payment: TestPayment; styleUrl: string }): JSX.Element {
  const { locale } = payment
  const say = (key: string) => t(locale, `checkout.test-pay.${key}`)
  const other = locale === 'ar' ? 'en' : 'ar'
  const money = { amountMinor: payment.amountMinor, currency: asCurrency(payment.currency) }
  return (
    <html lang={locale} dir={dir(locale)}>
      <head>
        <meta charset="utf-8" />
        <title>{say('title')}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        {assetUrls.fonts(locale).map((font) => (
          <link rel="preload" href={font} as="font" type="font/woff2" crossorigin="" />
        ))}
        {assetUrls.styles().map((sheet) => (
          <link rel="stylesheet" href={sheet} />
        ))}
        <link rel="stylesheet" href={styleUrl} />
        <link rel="icon" href={assetUrls.icon} />
      </head>
      <body>
        <header>
          <p class="pretend">
            <strong>{say('notice')}</strong> {say('notice-detail')}
          </p>
        </header>
        <main class="wrap pay" id="content">
          <div class="row between">
            <h1>{say('title')}</h1>
            <a href={`?lang=${other}`} lang={other} hreflang={other} dir={dir(other)}>
              {t(other, `common.language.${other}`)}
            </a>
          </div>
          <section class="panel">
            <p class="muted">
              <bdi>{payment.description}</bdi>
            </p>
            <p class="price big">
              <bdi class="amount">{formatMoney(money, locale, { isolate: false })}</bdi>
            </p>
            <Choices payment={payment} say={say} />
          </section>
        </main>
      </body>
    </html>
  )
}

type Part = { payment: TestPayment; say: (key: string) => string }

function Choices({ payment, say }: Part): JSX.Element {
  switch (payment.status) {
    case 'open':
      return <OpenPayment say={say} />
    case 'challenge':
      return <Challenge say={say} />
    case 'processing':
    case 'paid':
    case 'declined':
    case 'cancelled':
      return (
        <div class="stack">
          <p>{say(`state.${payment.status}`)}</p>
          <a class="button wide" href={payment.returnUrl}>
            {say('back')}
          </a>
        </div>
      )
  }
}

function OpenPayment({ say }: Pick<Part, 'say'>): JSX.Element {
  return (
    <form method="post" class="choices">
      <Button action="pay" say={say} main />
      <Button action="challenge" say={say} />
      <Button action="delay" say={say} />
      <Button action="decline" say={say} />
      <Button action="cancel" say={say} />
    </form>
  )
}

function Challenge({ say }: Pick<Part, 'say'>): JSX.Element {
  return (
    <form method="post" class="choices">
      <h2>{say('challenge.title')}</h2>
      <p>{say('challenge.detail')}</p>
      <button class="button" name="action" value="pay">
        {say('challenge.approve')}
      </button>
      <button class="button quiet" name="action" value="decline">
        {say('challenge.reject')}
      </button>
    </form>
  )
}

function Button({
  action,
  say,
  main = false,
}: { action: Action; main?: boolean } & Pick<Part, 'say'>): JSX.Element {
  return (
    <button class={main ? 'button' : 'button quiet'} name="action" value={action}>
      {say(`action.${action}.label`)}
      <small>{say(`action.${action}.detail`)}</small>
    </button>
  )
}
