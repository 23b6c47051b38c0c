/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { t } from '../../../platform/i18n/index.ts'
import type { Locale } from '../../../shared/locale.ts'
import { Icon } from '../../../storefront/components/icons.tsx'
import { Words } from '../../../storefront/components/parts.tsx'
import { fileKind, fileSize } from '../../catalog/index.ts'
import type { BuyerView } from '../schema.ts'
import type { OrderView } from './order-page.tsx'

type BuyerFile = BuyerView['files'][number]

/** From so few downloads left on the page says how many. */
const tellDownloadsFrom = 3

/** What was bought and delivered: each product with its files, ready to fetch. */
export function OrderFiles({ view: { seen, order, rights } }: { view: OrderView }): JSX.Element {
  const { locale } = seen
  if (rights.length === 0) return <></>
  return (
    <section aria-labelledby="files">
      <h2 id="files">{t(locale, 'storefront.order.downloads')}</h2>
      <p class="muted small">{t(locale, 'storefront.order.downloads-hint')}</p>
      {rights.map((right) => (
        <section class="panel files">
          <h3>
            <Words
              text={order.lines.find(({ line }) => line === right.line)?.title ?? { ar: '', en: '' }}
              locale={locale}
            />
          </h3>
          {right.version !== null && (
            <p class="muted small">
              {t(locale, 'storefront.product.version', { number: right.version.number })}
            </p>
          )}
          <Right right={right} locale={locale} />
        </section>
      ))}
    </section>
  )
}

function Right({ right, locale }: { right: BuyerView; locale: Locale }): JSX.Element {
  if (!right.active) return <p>{t(locale, 'storefront.order.revoked')}</p>
  if (right.files.length === 0) return <p>{t(locale, 'storefront.order.no-files')}</p>
  return (
    <>
      <FileLines files={right.files} locale={locale} />
      {right.earlierVersions.length > 0 && (
        <details>
          <summary>
            {t(locale, 'storefront.order.earlier-versions')}
            <Icon name="down" />
          </summary>
          <div>
            {right.earlierVersions.map(({ number, files }) => (
              <>
                <p class="muted small">{t(locale, 'storefront.product.version', { number })}</p>
                <FileLines files={files} locale={locale} />
              </>
            ))}
          </div>
        </details>
      )}
    </>
  )
}

function FileLines({ files, locale }: { files: readonly BuyerFile[]; locale: Locale }): JSX.Element {
  return (
    <ul class="lines">
      {files.map((file) => (
        <FileLine file={file} locale={locale} />
      ))}
    </ul>
  )
}

function FileLine({ file, locale }: { file: BuyerFile; locale: Locale }): JSX.Element {
  const used = file.downloadsLeft <= 0
  return (
    <li class="file">
      <span class="kind">
        <Icon name="file" />
      </span>
      <span class="grow">
        <bdi>{file.name}</bdi>
        <span class="muted small row">
          <span>{fileKind(file.mediaType, locale)}</span>
          <span>{fileSize(file.sizeBytes, locale)}</span>
          {!used && file.downloadsLeft <= tellDownloadsFrom && (
            <span>{t(locale, 'storefront.order.downloads-left', { count: file.downloadsLeft })}</span>
          )}
        </span>
        {used && <span class="small">{t(locale, 'storefront.order.limit-reached')}</span>}
      </span>
      {!used && (
        <a
          class="button slim"
          href={file.url}
          download
          aria-label={t(locale, 'storefront.order.download-file', { name: file.name })}
        >
          <Icon name="download" />
          {t(locale, 'storefront.order.download')}
        </a>
      )}
    </li>
  )
}
