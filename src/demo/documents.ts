import { typesetPdf } from '../platform/pdf/typst.ts'
import { dir, type Locale } from '../shared/locale.ts'
import { zip } from '../platform/zip.ts'

/** A short book: its title and its chapters, each of some paragraphs. */
export type Book = {
  locale: Locale
  title: string
  author: string
  chapters: readonly { title: string; paragraphs: readonly string[] }[]
}

const bookTemplate = String.raw`
#let d = json(bytes(sys.inputs.data))
#let arabic = d.lang == "ar"
#set document(title: d.title, author: d.author, date: datetime(year: 2026, month: 1, day: 1))
#set page(paper: "a5", margin: (x: 18mm, y: 20mm), numbering: "1")
#set text(font: if arabic { ("IBM Plex Sans Arabic", "IBM Plex Sans") } else { ("IBM Plex Sans", "IBM Plex Sans Arabic") }, size: 11pt, lang: d.lang, dir: if arabic { rtl } else { ltr })
#set par(leading: 0.9em, spacing: 1.3em)
#show heading: it => block(below: 1.2em, text(fill: rgb("#0d6473"), it))
#page(numbering: none, fill: rgb("#0a3f4a"), align(horizon, { set text(fill: white); text(size: 30pt, weight: 600, d.title); v(8mm); text(size: 14pt, fill: rgb("#f4cf8b"), d.author) }))
#outline(title: d.contents)
#for chapter in d.chapters {
  pagebreak()
  heading(level: 1, chapter.title)
  for paragraph in chapter.paragraphs { par(paragraph) }
}
`

const sheetTemplate = String.raw`
#let d = json(bytes(sys.inputs.data))
#let arabic = d.lang == "ar"
#set document(title: d.title, date: datetime(year: 2026, month: 1, day: 1))
#set page(paper: "a4", margin: 18mm, numbering: "1")
#set text(font: if arabic { ("IBM Plex Sans Arabic", "IBM Plex Sans") } else { ("IBM Plex Sans", "IBM Plex Sans Arabic") }, size: 12pt, lang: d.lang, dir: if arabic { rtl } else { ltr })
#text(size: 22pt, weight: 600, fill: rgb("#0d6473"), d.title)
#v(4mm)
#for section in d.sections {
  block(breakable: false, {
    text(size: 14pt, weight: 600, section.title)
    for item in section.items { block(above: 1em, { box(baseline: 2pt, rect(width: 11pt, height: 11pt, radius: 2pt, stroke: 0.8pt + rgb("#0d6473"))); h(8pt); item }) }
  })
  v(6mm)
}
`

/** The book as a PDF with a table of contents. */
export async function bookPdf(book: Book): Promise<Uint8Array> {
  const contents = book.locale === 'ar' ? 'المحتويات' : 'Contents'
  const chapters = book.chapters.map(({ title, paragraphs }) => ({ title, paragraphs: [...paragraphs] }))
  const data = { lang: book.locale, title: book.title, author: book.author, contents, chapters }
  return typesetPdf({ source: bookTemplate, data })
}

/** A list to tick off, as a PDF. */
export async function checklistPdf(
  locale: Locale,
  title: string,
  sections: readonly { title: string; items: readonly string[] }[],
): Promise<Uint8Array> {
  const data = {
    lang: locale,
    title,
    sections: sections.map((section) => ({ title: section.title, items: [...section.items] })),
  }
  return typesetPdf({ source: sheetTemplate, data })
}

/** The same book as an EPUB 3 that reading programs page from right to left where its language does. */
export function bookEpub(book: Book): Buffer {
  const files = book.chapters.map(({ title, paragraphs }, index) => ({
    name: `chapter-${index + 1}.xhtml`,
    title,
    html: page(
      book,
      title,
      `<h1>${escape(title)}</h1>${paragraphs.map((text) => `<p>${escape(text)}</p>`).join('')}`,
    ),
  }))
  const links = files.map(({ name, title }) => `<li><a href="${name}">${escape(title)}</a></li>`).join('')
  const items = files
    .map(({ name }, at) => `<item id="c${at}" href="${name}" media-type="application/xhtml+xml"/>`)
    .join('')
  const spine = files.map((_file, at) => `<itemref idref="c${at}"/>`).join('')
  const metadata = `<dc:identifier id="id">urn:rafid:demo:${encodeURIComponent(book.title)}</dc:identifier><dc:title>${escape(book.title)}</dc:title><dc:language>${book.locale}</dc:language><dc:creator>${escape(book.author)}</dc:creator><meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>`
  const packageFile = `<?xml version="1.0" encoding="UTF-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">${metadata}</metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>${items}</manifest><spine page-progression-direction="${dir(book.locale)}">${spine}</spine></package>`
  const container =
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
  const nav = page(
    book,
    book.title,
    `<nav epub:type="toc" xmlns:epub="http://www.idpf.org/2007/ops"><ol>${links}</ol></nav>`,
  )
  return zip([
    { name: 'mimetype', bytes: Buffer.from('application/epub+zip'), stored: true },
    { name: 'META-INF/container.xml', bytes: Buffer.from(container) },
    { name: 'book/package.opf', bytes: Buffer.from(packageFile) },
    { name: 'book/nav.xhtml', bytes: Buffer.from(nav) },
    ...files.map(({ name, html }) => ({ name: `book/${name}`, bytes: Buffer.from(html) })),
  ])
}

function page(book: Book, title: string, body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml" lang="${book.locale}" dir="${dir(book.locale)}"><head><title>${escape(title)}</title></head><body>${body}</body></html>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
