/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { t } from '../../platform/i18n/index.ts'
import { dir, type Locale } from '../../shared/locale.ts'
import { formatMoney, fromApi, type ApiMoney } from '../../shared/money.ts'
import { languageOf, type Bilingual } from '../bilingual.ts'
import { Icon, Streams, type IconName } from './icons.tsx'

/** A text that somebody wrote, marked with its language and direction where they are not the page's. */
export function Words({ text, locale }: { text: Bilingual; locale: Locale }): JSX.Element {
  const language = languageOf(text, locale)
  return language === locale ? (
    <bdi>{text[locale]}</bdi>
  ) : (
    <bdi lang={language} dir={dir(language)}>
      {text[language]}
    </bdi>
  )
}

/** An amount of money, kept in one piece whatever the text around it. */
export function Amount({ money, locale }: { money: ApiMoney; locale: Locale }): JSX.Element {
  return <bdi class="amount">{formatMoney(fromApi(money), locale, { isolate: false })}</bdi>
}

/** A size and format of a picture, and where it is. */
type Rendition = { width: number; height: number; format: 'webp' | 'jpeg' | 'avif'; url: string }

type PictureProps = { renditions: readonly Rendition[]; alt: string; sizes: string; eager?: boolean }

/** A picture in the formats and sizes that exist, the browser choosing; nothing if none is ready. */
export function Picture({ renditions, alt, sizes, eager = false }: PictureProps): JSX.Element {
  const of = (format: string) =>
    renditions.filter((one) => one.format === format).toSorted((a, b) => a.width - b.width)
  const set = (format: string) =>
    of(format)
      .map(({ url, width }) => `${url} ${width}w`)
      .join(', ')
  const plain = of('jpeg').length > 0 ? 'jpeg' : 'webp'
  const largest = of(plain).at(-1) ?? renditions[0]
  if (largest === undefined) return <></>
  return (
    <picture>
      {(['avif', 'webp'] as const)
        .filter((format) => format !== plain && of(format).length > 0)
        .map((format) => (
          <source type={`image/${format}`} srcset={set(format)} sizes={sizes} />
        ))}
      <img
        src={largest.url}
        srcset={set(largest.format)}
        sizes={sizes}
        width={largest.width}
        height={largest.height}
        alt={alt}
        {...(eager ? { fetchpriority: 'high' } : { loading: 'lazy' })}
        decoding="async"
      />
    </picture>
  )
}

/** The cover of a product without a picture: its title on a ground that is the same for it at all times. */
export function MadeCover({
  id,
  title,
  locale,
}: {
  id: string
  title: Bilingual
  locale: Locale
}): JSX.Element {
  const ground = Number.parseInt(id.slice(-4), 16) % 5
  return (
    <div class={`art made g${Number.isNaN(ground) ? 0 : ground}`} aria-hidden="true">
      <Streams cover />
      <span>
        <Words text={title} locale={locale} />
      </span>
    </div>
  )
}

/**
 * A sentence that stands out: what happened, or what to mind. `says` is for screen readers: when they are done, or at once. What is
 * there when a page opens is no news to them, so what must be heard at once takes the focus, without a script.
 */
export function Note(props: {
  icon: IconName
  tone?: 'bad' | 'warm'
  says?: 'politely' | 'at-once'
  children?: Child
}): JSX.Element {
  const style = props.tone === undefined ? 'note' : `note ${props.tone}`
  if (props.says === 'politely') {
    return (
      <output class={style}>
        <Icon name={props.icon} />
        <span>{props.children}</span>
      </output>
    )
  }
  return (
    <div
      class={style}
      {...(props.says === undefined ? {} : { role: 'alert', tabindex: -1, autofocus: true })}
    >
      <Icon name={props.icon} />
      <div>{props.children}</div>
    </div>
  )
}

/** A page or list that has nothing to show, and what to do first. */
export function Empty(props: {
  icon: IconName
  title: string
  text: string
  heading?: 'h1' | 'h2'
  children?: Child
}): JSX.Element {
  const Heading = props.heading ?? 'h2'
  return (
    <div class="empty">
      <Icon name={props.icon} />
      <Heading>{props.title}</Heading>
      <p>{props.text}</p>
      {props.children}
    </div>
  )
}

/** One question of a form: label, hint, the input, and what is wrong with what was typed, said beside it. */
export type FieldProps = {
  name: string
  /** The element's id where several fields of a page have the same name; otherwise the name. */
  id?: string
  label: string
  /** What screen readers say in the place of the label; it begins with the label's words. */
  spokenLabel?: string
  value: string
  locale: Locale
  type?: 'text' | 'email'
  hint?: string
  /** What is wrong, as a sentence for people. */
  error?: string | undefined
  autocomplete?: string
  inputmode?: 'decimal' | 'email' | 'numeric'
  /** Values that are written from left to right in any language. */
  ltr?: boolean
  unit?: string
  required?: boolean
  /** Whether a change sends the form at once, where scripts run. */
  sendOnChange?: boolean
}

/** See FieldProps. */
export function Field(props: FieldProps): JSX.Element {
  const id = props.id ?? props.name
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const described = [props.error === undefined ? '' : errorId, props.hint === undefined ? '' : hintId].filter(
    Boolean,
  )
  const input = (
    <input
      class="input"
      id={id}
      name={props.name}
      type={props.type ?? 'text'}
      value={props.value}
      dir={props.ltr === true ? 'ltr' : 'auto'}
      {...(props.autocomplete === undefined ? {} : { autocomplete: props.autocomplete })}
      {...(props.inputmode === undefined ? {} : { inputmode: props.inputmode })}
      {...(props.spokenLabel === undefined ? {} : { 'aria-label': props.spokenLabel })}
      {...(props.sendOnChange === true ? { 'data-send': '' } : {})}
      {...(props.required === false ? {} : { required: true })}
      {...(props.error === undefined ? {} : { 'aria-invalid': 'true' })}
      {...(described.length === 0 ? {} : { 'aria-describedby': described.join(' ') })}
    />
  )
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.unit === undefined ? (
        input
      ) : (
        <div class="with-unit">
          {input}
          <span>{props.unit}</span>
        </div>
      )}
      {props.error !== undefined && (
        <p class="wrong" id={errorId}>
          <Icon name="alert" />
          {props.error}
        </p>
      )}
      {props.hint !== undefined && (
        <p class="hint" id={hintId}>
          {props.hint}
        </p>
      )}
    </div>
  )
}

/** The way back to the page above. */
export function Back({ href, label, locale }: { href: string; label: string; locale: Locale }): JSX.Element {
  return (
    <nav class="crumbs" aria-label={t(locale, 'storefront.nav.you-are-here')}>
      <a href={href}>
        <Icon name="back" turn />
        {label}
      </a>
    </nav>
  )
}
