/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { DomainError, NotFound } from '../../../platform/errors.ts'
import type { HttpContext } from '../../../platform/http/env.ts'
import { t } from '../../../platform/i18n/index.ts'
import { formatDate, toIsoDate } from '../../../shared/dates.ts'
import { pick } from '../../../storefront/bilingual.ts'
import { Icon } from '../../../storefront/components/icons.tsx'
import { Back, Picture, Words } from '../../../storefront/components/parts.tsx'
import { Page, renderPage } from '../../../storefront/layout.tsx'
import type { Rendered } from '../../../storefront/page-cache.ts'
import { findProductPage } from '../operations/find-product-page.ts'
import { isWithdrawn } from '../operations/is-withdrawn.ts'
import type { ProductPage } from '../schema.ts'
import { BuyBox } from './buy-box.tsx'
import { asPriceProblem, type TypedPrice } from './chosen-price.tsx'
import { fileKind, fileSize } from './file-words.ts'
import { organization, productData } from './findable.ts'
import { productPicture } from './open-graph.ts'
import { Prose } from './prose.tsx'
import { pageCache, visit, type Visit } from './visit.ts'

/** How wide each theme shows a product's pictures. */
const pictureSizes = {
  calm: '(min-width: 72rem) 42rem, (min-width: 56rem) 58vw, 92vw',
  gallery: '(min-width: 84rem) 80rem, 94vw',
  folio: '(min-width: 52rem) 48rem, 92vw',
} as const
const thumbSizes = '4.5rem'

/** A product's page, kept in memory as long as the store's revision stands. */
export async function answerProductPage(c: HttpContext): Promise<Response> {
  const seen = await visit(c)
  const { store, locale, frame, ctx, paths } = seen
  const slug = c.req.param('product') ?? ''
  const typed = readTypedPrice(c)
  const inCart = frame.inCart === 'later' ? 0 : frame.inCart
  if (typed !== undefined) {
    const rendered = await renderProductPage(seen, slug, typed)
    return 'movedTo' in rendered ? c.redirect(rendered.movedTo, 301) : c.html(rendered.html)
  }
  const common: Visit = { ...seen, path: paths.product(slug), frame: { ...frame, inCart: 'later' } }
  return pageCache(ctx).answer(c, {
    key: `${ctx.workspaceId} ${locale} ${frame.currency} ${slug}`,
    locale,
    revision: store.revision,
    inCart,
    render: () => renderProductPage(common, slug, undefined),
  })
}

function readTypedPrice(c: HttpContext): TypedPrice | undefined {
  if (!c.req.url.includes('?')) return undefined
  const problem = asPriceProblem(c.req.query('problem'))
  return problem === undefined ? undefined : { problem, typed: (c.req.query('price') ?? '').slice(0, 60) }
}

async function renderProductPage(
  seen: Visit,
  slug: string,
  typed: TypedPrice | undefined,
): Promise<Rendered> {
  const product = await findProductPage(seen.ctx, slug)
  if (product === undefined)
    throw (await isWithdrawn(seen.ctx, slug)) ? new DomainError('gone', 410) : new NotFound()
  if (product.slug !== slug) return { movedTo: seen.paths.product(product.slug) }
  return { html: renderProduct(seen, product, typed) }
}

/** The whole page of a product. */
export function renderProduct(seen: Visit, product: ProductPage, typed?: TypedPrice): string {
  return renderPage(<ProductDocument seen={seen} product={product} typed={typed} />)
}

type Props = { seen: Visit; product: ProductPage }

function ProductDocument({ seen, product, typed }: Props & { typed: TypedPrice | undefined }): JSX.Element {
  const { locale, frame, paths, ctx } = seen
  const title = pick(product.title, locale)
  const picture = productPicture(seen, product)
  return (
    <Page
      locale={locale}
      origin={ctx.config.publicUrl}
      path={seen.path}
      title={title}
      description={typed === undefined ? pick(product.summary, locale) || title : undefined}
      picture={picture}
      structuredData={[...productData(seen, product, picture), organization(seen)]}
      store={frame}
    >
      <main class="wrap" id="content">
        <Back
          href={paths.home}
          label={t(locale, 'storefront.product.back', { store: frame.name })}
          locale={locale}
        />
        <div class="two product">
          <div>
            <h1>
              <Words text={product.title} locale={locale} />
            </h1>
            {pick(product.summary, locale) !== '' && (
              <p class="lead">
                <Words text={product.summary} locale={locale} />
              </p>
            )}
            {product.pictures.length > 0 && <Gallery seen={seen} product={product} />}
          </div>
          <BuyBox seen={seen} product={product} typed={typed} />
          <div>
            <Description seen={seen} product={product} />
            <ForWhom seen={seen} product={product} />
            <Contents seen={seen} product={product} />
            <Questions seen={seen} product={product} />
            <Refunds seen={seen} product={product} />
          </div>
        </div>
      </main>
    </Page>
  )
}

function Gallery({ seen: { locale, frame }, product }: Props): JSX.Element {
  const total = product.pictures.length
  const altOf = (index: number) => {
    const alt = product.pictures[index]?.alt
    return (
      (alt === undefined ? '' : pick(alt, locale)) ||
      t(locale, 'storefront.product.picture', { number: index + 1, total })
    )
  }
  return (
    <section class="gallery" aria-label={t(locale, 'storefront.product.gallery')}>
      <div class="frames" {...(total > 1 ? { tabindex: 0 } : {})}>
        {product.pictures.map(({ renditions }, index) => (
          <div class="art" id={`picture-${index + 1}`}>
            <Picture
              renditions={renditions}
              alt={altOf(index)}
              sizes={pictureSizes[frame.look.theme]}
              eager={index === 0}
            />
          </div>
        ))}
      </div>
      {total > 1 && (
        <div class="thumbs">
          {product.pictures.map(({ renditions }, index) => (
            <a href={`#picture-${index + 1}`} aria-label={altOf(index)}>
              <div class="art">
                <Picture renditions={renditions} alt="" sizes={thumbSizes} />
              </div>
            </a>
          ))}
        </div>
      )}
    </section>
  )
}

function Description({ seen: { locale }, product }: Props): JSX.Element {
  if (pick(product.description, locale).trim() === '') return <></>
  return (
    <section class="part" aria-labelledby="description">
      <h2 id="description">{t(locale, 'storefront.product.description')}</h2>
      <Prose text={product.description} locale={locale} />
    </section>
  )
}

function ForWhom({ seen: { locale }, product }: Props): JSX.Element {
  if (pick(product.forWhom, locale).trim() === '') return <></>
  return (
    <section class="part" aria-labelledby="for-whom">
      <h2 id="for-whom">{t(locale, 'storefront.product.for-whom')}</h2>
      <Prose text={product.forWhom} locale={locale} />
    </section>
  )
}

function Contents({ seen: { locale, store }, product: { version, sample } }: Props): JSX.Element {
  if (version === null || version.files.length === 0) return <></>
  const bytes = version.files.reduce((sum, file) => sum + file.sizeBytes, 0)
  const published = new Date(version.publishedAt)
  const date = formatDate(published, locale, { timeZone: store.timeZone, length: 'long' })
  return (
    <section class="part" aria-labelledby="contents">
      <h2 id="contents">{t(locale, 'storefront.product.contents')}</h2>
      <p class="muted small row">
        <span>
          {t(locale, 'storefront.product.size-total', {
            count: version.files.length,
            size: fileSize(bytes, locale),
          })}
        </span>
        <span>{t(locale, 'storefront.product.version', { number: version.number })}</span>
        <time datetime={toIsoDate(published, store.timeZone)}>
          {t(locale, 'storefront.product.updated', { date })}
        </time>
      </p>
      <ul class="lines">
        {version.files.map((file) => (
          <li>
            <span class="kind">
              <Icon name="file" />
            </span>
            <span class="grow">
              <bdi>{file.name}</bdi>
              <span class="muted small row">
                <span>{fileKind(file.mediaType, locale)}</span>
                <span>{fileSize(file.sizeBytes, locale)}</span>
              </span>
            </span>
          </li>
        ))}
      </ul>
      {sample !== null && (
        <p class="sample">
          <a class="button quiet slim" href={sample.url} download="">
            <Icon name="download" />
            {t(locale, 'storefront.product.sample')}
          </a>
          <span class="muted small row">
            <span>{fileKind(sample.mediaType, locale)}</span>
            <span>{fileSize(sample.sizeBytes, locale)}</span>
          </span>
        </p>
      )}
      {pick(version.notes, locale).trim() !== '' && version.number > 1 && (
        <details>
          <summary>
            {t(locale, 'storefront.product.whats-new')}
            <Icon name="down" />
          </summary>
          <div>
            <Prose text={version.notes} locale={locale} />
          </div>
        </details>
      )}
    </section>
  )
}

function Questions({ seen: { locale }, product }: Props): JSX.Element {
  if (product.faq.length === 0) return <></>
  return (
    <section class="part" aria-labelledby="questions">
      <h2 id="questions">{t(locale, 'storefront.product.faq')}</h2>
      {product.faq.map((item) => (
        <details>
          <summary>
            <Words text={item.question} locale={locale} />
            <Icon name="down" />
          </summary>
          <div>
            <Prose text={item.answer} locale={locale} />
          </div>
        </details>
      ))}
    </section>
  )
}

function Refunds({ seen: { locale }, product }: Props): JSX.Element {
  if (pick(product.refundPolicy, locale).trim() === '') return <></>
  return (
    <section class="part" aria-labelledby="refunds">
      <h2 id="refunds">{t(locale, 'storefront.product.refunds')}</h2>
      <Prose text={product.refundPolicy} locale={locale} />
    </section>
  )
}
