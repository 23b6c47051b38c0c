import MarkdownIt from 'markdown-it'
import sanitizeHtml from 'sanitize-html'
import { dir, type Locale } from '../../../shared/locale.ts'

const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false, breaks: true })

// Only the outermost block finds its own direction: a list is read as one, and a block inside one that does is not asked.
markdown.core.ruler.push('direction', ({ tokens }) => {
  for (const token of tokens) if (token.level === 0 && token.nesting === 1) token.attrSet('dir', 'auto')
})

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
    h1: (_tagName, attribs) => ({ tagName: 'h2', attribs }),
    a: (tagName, { href = '', title }) => ({
      tagName,
      attribs: { href, rel: 'nofollow noopener', ...(title === undefined ? {} : { title }) },
    }),
    pre: (tagName) => ({ tagName, attribs: { dir: 'ltr' } }),
    code: (tagName) => ({ tagName, attribs: { dir: 'ltr' } }),
    ol: (tagName, { start, dir: direction = '' }) => ({
      tagName,
      attribs: {
        ...(direction === '' ? {} : { dir: direction }),
        ...(start !== undefined && /^\d{1,6}$/.test(start) ? { start } : {}),
      },
    }),
  },
}

const CACHED_TEXTS = 500
const cache = new Map<string, string>()

/**
 * Markdown that somebody wrote, as HTML that is safe on a page: no raw HTML, no pictures, links only to the web, mail and
 * telephone. Each outermost block finds its own direction; one without strong letters takes that of `locale`. Remembered by content.
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
