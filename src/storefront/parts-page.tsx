/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { NotFound } from '../platform/errors.ts'
import type { HttpContext } from '../platform/http/env.ts'
import { t } from '../platform/i18n/index.ts'
import { isLocale, type Locale } from '../shared/locale.ts'
import { faces } from '../shared/look.ts'
import { themes } from '../shared/palette.ts'
import { assetUrls } from './assets.ts'
import type { StoreFrame } from './components/frame.tsx'
import { Icon, Streams } from './components/icons.tsx'
import { Amount, Back, Empty, Field, MadeCover, Note, Words } from './components/parts.tsx'
import { Page, renderPage } from './layout.tsx'
import { sides } from './style-sheets.ts'

const title = { ar: 'دليل الميزانية المنزلية', en: 'The home budget guide' }
const english = { ar: '', en: 'The home budget guide' }
const price = { amount: '12500', currency: 'KWD' } as const
const tones = [undefined, 'warm', 'bad'] as const

/** Every part of the storefront's pages in one language, theme and typeface: a specimen for those who change them; `side` is
 * the light or the dark whatever the reader's system is set to. */
export function answerPartsPage(c: HttpContext): Response {
  const { locale, theme, face } = c.req.param() as Record<string, string | undefined>
  const look = { theme: themes.find((one) => one === theme), face: faces.find((one) => one === face) }
  if (!isLocale(locale) || look.theme === undefined || look.face === undefined) throw new NotFound()
  const store: StoreFrame = {
    slug: 'specimen',
    name: t(locale, 'storefront.parts.store'),
    look: { theme: look.theme, face: look.face, accent: null },
    supportEmail: 'noura@example.com',
    testOnly: true,
    hasPolicy: true,
    currencies: ['KWD', 'SAR'],
    currency: 'KWD',
    inCart: 2,
  }
  const page = renderPage(<Parts locale={locale} store={store} origin={c.get('ctx').config.publicUrl} />)
  const side = sides.find((one) => one === c.req.query('side'))
  if (side === undefined) return c.html(page)
  const sheet = `<link rel="stylesheet" href="${assetUrls.side(look.theme, side)}"/>`
  return c.html(page.replace('</head>', `${sheet}</head>`))
}

type PartsProps = { locale: Locale; store: StoreFrame; origin: string }

function Parts({ locale, store, origin }: PartsProps): JSX.Element {
  const path = `/${locale}/parts`
  return (
    <Page
      locale={locale}
      origin={origin}
      path={path}
      title={t(locale, 'storefront.parts.title')}
      store={store}
    >
      <main id="content" class="front">
        <div class="hero">
          <Streams />
          <div class="wrap">
            <div class="words">
              <h1>{store.name}</h1>
              <p>
                <Words text={title} locale={locale} />
              </p>
            </div>
          </div>
        </div>
        <div class="wrap stack">
          <Back
            href={path}
            label={t(locale, 'storefront.product.back', { store: store.name })}
            locale={locale}
          />
          <Shelf locale={locale} />
          <Buttons locale={locale} />
          <Fields locale={locale} />
          <Sentences locale={locale} />
          <Order locale={locale} />
        </div>
      </main>
    </Page>
  )
}

type In = { locale: Locale }

function Shelf({ locale }: In): JSX.Element {
  return (
    <ul class="shelf">
      {[0, 1, 2, 3, 4].map((ground) => (
        <li class="card">
          <MadeCover id={`000${ground}`} title={ground === 1 ? english : title} locale={locale} />
          <div class="card-text">
            <h2>
              <a href="#content">
                <Words text={ground === 1 ? english : title} locale={locale} />
              </a>
            </h2>
            <p class="muted small clip">{t(locale, 'storefront.store.empty')}</p>
            <div class="end">
              <span class="price">
                <Amount money={price} locale={locale} />
              </span>
              {ground === 2 && <span class="tag warm">{t(locale, 'storefront.stock.held')}</span>}
              {ground === 3 && (
                <span class="tag bad">{t(locale, 'storefront.stock.left', { count: 0 })}</span>
              )}
              {ground === 4 && <span class="tag good">{t(locale, 'storefront.price.free')}</span>}
            </div>
          </div>
        </li>
      ))}
    </ul>
  )
}

function Buttons({ locale }: In): JSX.Element {
  return (
    <p class="row">
      <button class="button">{t(locale, 'storefront.product.add')}</button>
      <button class="button quiet">{t(locale, 'storefront.store.more')}</button>
      <button class="button quiet slim">
        <Icon name="download" />
        {t(locale, 'storefront.product.sample')}
      </button>
      <button class="plain">{t(locale, 'storefront.cart.remove')}</button>
      <a href="#content">{t(locale, 'storefront.product.refunds-read')}</a>
    </p>
  )
}

function Fields({ locale }: In): JSX.Element {
  const email = t(locale, 'storefront.checkout.email')
  const wrong = t(locale, 'storefront.error.email-wrong', { example: 'noura@example.com' })
  return (
    <div class="panel">
      <Field name="name" label={t(locale, 'storefront.checkout.name')} value="نورة Noura" locale={locale} />
      <Field
        name="email"
        type="email"
        label={email}
        hint={t(locale, 'storefront.checkout.email-hint')}
        value="noura@"
        error={wrong}
        locale={locale}
        ltr
      />
      <Field
        name="price"
        label={t(locale, 'storefront.product.your-price')}
        value="12.500"
        unit="KWD"
        locale={locale}
        ltr
      />
    </div>
  )
}

function Sentences({ locale }: In): JSX.Element {
  return (
    <>
      {tones.map((tone) => (
        <Note icon={tone === undefined ? 'check' : 'alert'} {...(tone === undefined ? {} : { tone })}>
          {t(locale, tone === 'bad' ? 'storefront.error.held' : 'storefront.cart.updated')}
        </Note>
      ))}
      <details>
        <summary>
          {t(locale, 'storefront.product.whats-new')}
          <Icon name="down" />
        </summary>
        <div>{t(locale, 'storefront.store.empty')}</div>
      </details>
      <Empty
        icon="bag"
        title={t(locale, 'storefront.store.empty-title')}
        text={t(locale, 'storefront.store.empty')}
      >
        <a class="button" href="#content">
          {t(locale, 'storefront.cart.browse')}
        </a>
      </Empty>
    </>
  )
}

function Order({ locale }: In): JSX.Element {
  return (
    <>
      <div class="state">
        <Icon name="check" />
        <div>
          <h2>{t(locale, 'storefront.order.thanks')}</h2>
          <p>{t(locale, 'storefront.order.paid')}</p>
        </div>
      </div>
      <div class="panel">
        <ul class="lines">
          <li>
            <span class="kind">
              <Icon name="file" />
            </span>
            <span class="grow">
              <bdi>دليل (v2).pdf</bdi>
            </span>
            <Amount money={price} locale={locale} />
          </li>
        </ul>
        <ol class="steps">
          <li>{t(locale, 'storefront.checkout.next-pay')}</li>
          <li>{t(locale, 'storefront.checkout.next-get')}</li>
        </ol>
      </div>
    </>
  )
}
