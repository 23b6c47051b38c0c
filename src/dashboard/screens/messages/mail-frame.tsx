import { useState, type ReactNode } from 'react'

/**
 * An e-mail in a frame of its own, in which no script runs. The frame inherits the dashboard's content policy, which
 * refuses the inline styles that e-mails are made of, so they are set one by one through the object model, which it allows.
 */
export function MailFrame({ html, title }: { html: string; title: string }): ReactNode {
  const [height, setHeight] = useState<number | undefined>(undefined)
  return (
    <iframe
      // Another e-mail is another frame: a document is written into it once.
      key={html}
      className="mailframe"
      title={title}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      style={height === undefined ? undefined : { blockSize: height }}
      ref={(frame) => {
        if (frame !== null) setHeight(fill(frame, html))
      }}
    />
  )
}

function fill(frame: HTMLIFrameElement, html: string): number | undefined {
  const page = frame.contentDocument
  const view = frame.contentWindow
  if (page === null || view === null) return undefined
  const sheets: string[] = []
  // Even a document that is only parsed is held to the policy, so no style may be seen as one.
  const bare = html
    .replace(/<style\b[^>]*>([^]*?)<\/style>/gi, (_, text: string) => (sheets.push(text), ''))
    .replace(/(<[^>]*?\s)style=/gi, '$1data-style=')
  const mail = new DOMParser().parseFromString(bare, 'text/html')
  for (const element of mail.querySelectorAll('script, style, link, meta, base, object, embed, iframe, form'))
    element.remove()
  for (const link of mail.querySelectorAll('a[href]')) {
    link.setAttribute('target', '_blank')
    link.setAttribute('rel', 'noreferrer')
  }
  copyAttributes(mail.documentElement, page.documentElement)
  copyAttributes(mail.body, page.body)
  page.body.replaceChildren(...[...mail.body.childNodes].map((node) => page.importNode(node, true)))
  for (const element of [page.documentElement, ...page.querySelectorAll<HTMLElement>('[data-style]')])
    restyle(element)
  // The frame's own constructor: a sheet can be adopted only by the document of the window that made it.
  const Sheet = Reflect.get(view, 'CSSStyleSheet') as typeof CSSStyleSheet
  page.adoptedStyleSheets = sheets.map((text) => {
    const sheet = new Sheet()
    sheet.replaceSync(text)
    return sheet
  })
  return page.documentElement.scrollHeight + 2
}

function copyAttributes(from: HTMLElement, to: HTMLElement): void {
  for (const { name, value } of from.attributes) if (!name.startsWith('on')) to.setAttribute(name, value)
}

function restyle(element: HTMLElement): void {
  element.style.cssText = element.getAttribute('data-style') ?? ''
  element.removeAttribute('data-style')
}
