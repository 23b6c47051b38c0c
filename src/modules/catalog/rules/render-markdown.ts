import MarkdownIt from 'markdown-it'
import sanitizeHtml from 'sanitize-html'
import { dir, type Locale } from '../../../shared/locale.ts'

const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false, breaks: true })

const BLOCKS = [
  'p',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'blockquote',
  'ul',
  'ol',
  'li',
  'table',
  'th',
  'td',
] as const

const options: sanitizeHtml.IOptions = {
  allowedTags: [...BLOCKS, 'thead', 'tbody', 'tr', 'strong', 'em', 's', 'code', 'pre', 'a', 'br', 'hr'],
  allowedAttributes: {
    a: ['href', 'title', 'rel'],
    ol: ['start', 'dir'],
    pre: ['dir'],
    code: ['dir'],
    ...Object.fromEntries(BLOCKS.filter((tag) => tag !== 'ol').map((tag) => [tag, ['dir']])),
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nestingLimit: 30,
  transformTags: {
    // A page has one first-level heading, and it is its title.
    h1: () => ({ tagName: 'h2', attribs: { dir: 'auto' } }),
    a: (tagName, { href = '', title }) => ({
      tagName,
      attribs: { href, rel: 'nofollow noopener', ...(title === undefined ? {} : { title }) },
    }),
    pre: (tagName) => ({ tagName, attribs: { dir: 'ltr' } }),
    code: (tagName) => ({ tagName, attribs: { dir: 'ltr' } }),
    ol: (tagName, { start }) => ({
      tagName,
      attribs: { dir: 'auto', ...(start !== undefined && /^\d{1,6}$/.test(start) ? { start } : {}) },
    }),
    ...Object.fromEntries(
      BLOCKS.filter((tag) => tag !== 'ol').map((tag) => [
        tag,
        (tagName: string) => ({ tagName, attribs: { dir: 'auto' } }),
      ]),
    ),
  },
}

const CACHED_TEXTS = 500
const cache = new Map<string, string>()

/**
 * Markdown that somebody wrote, as HTML that is safe on a page: no raw HTML, no pictures, links only to the web, mail and
 * telephone. Each block finds its own direction; one without strong letters takes that of `locale`. Remembered by content.
 */
export function renderMarkdown(text: string, locale: Locale): string {
  if (text.trim() === '') return ''
  const key = `${locale} ${text}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const html = `<div dir="${dir(locale)}">${sanitizeHtml(markdown.render(text), options)}</div>`
  const oldest = cache.keys().next()
  if (cache.size >= CACHED_TEXTS && oldest.done !== true) cache.delete(oldest.value)
  cache.set(key, html)
  return html
}
