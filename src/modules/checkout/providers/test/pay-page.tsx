/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { t } from '../../../../platform/i18n/index.ts'
import { dir } from '../../../../shared/locale.ts'
import { formatMoney } from '../../../../shared/money.ts'
import { asCurrency } from '../../../catalog/index.ts'
import type { TEST_ACTIONS } from './act.ts'
import type { TestPayment } from './books.ts'

type Action = (typeof TEST_ACTIONS)[number]

/** The whole page of the test provider: what is to be paid, and what a test may let happen. */
export function PayPage({ payment, styleUrl }: { payment: TestPayment; styleUrl: string }): JSX.Element {
  const { locale } = payment
  const say = (key: string) => t(locale, `checkout.test-pay.${key}`)
  const other = locale === 'ar' ? 'en' : 'ar'
  return (
    <html lang={locale} dir={dir(locale)}>
      <head>
        <meta charset="utf-8" />
        <title>{say('title')}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="stylesheet" href={styleUrl} />
      </head>
      <body>
        <header>
          <p class="notice">
            <strong>{say('notice')}</strong> {say('notice-detail')}
          </p>
        </header>
        <main>
          <header>
            <h1>{say('title')}</h1>
            <a href={`?lang=${other}`} lang={other} hreflang={other}>
              {t(other, `common.language.${other}`)}
            </a>
          </header>
          <p class="what">
            <bdi>{payment.description}</bdi>
          </p>
          <p class="amount">
            {formatMoney(
              { amountMinor: payment.amountMinor, currency: asCurrency(payment.currency) },
              locale,
            )}
          </p>
          <Choices payment={payment} say={say} />
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
        <section>
          <p>{say(`state.${payment.status}`)}</p>
          <a class="button main" href={payment.returnUrl}>
            {say('back')}
          </a>
        </section>
      )
  }
}

function OpenPayment({ say }: Pick<Part, 'say'>): JSX.Element {
  return (
    <form method="post">
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
    <form method="post">
      <h2>{say('challenge.title')}</h2>
      <p>{say('challenge.detail')}</p>
      <button class="button main" name="action" value="pay">
        {say('challenge.approve')}
      </button>
      <button class="button" name="action" value="decline">
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
    <button class={main ? 'button main' : 'button'} name="action" value={action}>
      {say(`action.${action}.label`)}
      <small>{say(`action.${action}.detail`)}</small>
    </button>
  )
}
