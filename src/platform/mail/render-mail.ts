import { html, raw } from 'hono/html'
import { palette } from '../../shared/palette.ts'
import { dir, type Locale } from '../../shared/locale.ts'
import { isolate } from '../../shared/messages.ts'
import type { MailContent } from './message.ts'

/** One line of a mail's table: what, in which number, for how much. */
export type MailLine = { title: string; detail?: string; value: string }

/** A part of a mail, in the order in which it is read. Words are plain text; nothing in them is markup. */
export type MailBlock =
  | { type: 'paragraph'; text: string }
  | { type: 'button'; label: string; url: string }
  | {
      type: 'lines'
      lines: readonly MailLine[]
      sums: readonly { label: string; value: string; strong?: boolean }[]
    }
  | { type: 'facts'; facts: readonly { label: string; value: string }[] }
  | { type: 'links'; links: readonly { label: string; url: string }[] }
  | { type: 'quote'; text: string }
  | { type: 'note'; text: string }

/** A mail before it is drawn. `preheader` is what the list of mails shows after the subject. */
export type MailDraft = {
  kind: string
  locale: Locale
  sender: { name: string; url?: string }
  subject: string
  preheader: string
  heading: string
  blocks: readonly MailBlock[]
  footer: readonly string[]
}

type Html = ReturnType<typeof html>

const font = "'IBM Plex Sans Arabic','IBM Plex Sans','Segoe UI',Tahoma,Arial,sans-serif"
// Programs that show mails know no variables, so the values themselves are written in.
const { light, dark } = palette

// Dark colours where the program that shows the mail asks for them; the others keep the light ones.
const style = `
body{margin:0;padding:0;width:100%;-webkit-text-size-adjust:100%}
a{color:${light.accent}}
@media (max-width:620px){.card{padding:28px 20px!important}.outer{padding:12px 8px!important}}
@media (prefers-color-scheme:dark){
.page{background:${dark.paper}!important}.card{background:${dark.surface}!important;border-color:${dark.line}!important}
.ink,.ink td,h1{color:${dark.ink}!important}.muted{color:${dark.muted}!important}.rule{border-color:${dark.line}!important}
.soft{background:${dark.sunken}!important}a.link{color:${dark.accent}!important}
a.button,td.button{background:${dark.accent}!important;color:${dark['on-accent']}!important}
}`

/** Draws a mail as HTML and as plain text, in its language's direction. */
export function renderMail(draft: MailDraft): MailContent {
  const { kind, locale, subject } = draft
  return { kind, locale, subject: oneLine(subject), html: drawHtml(draft), text: drawText(draft) }
}

function drawHtml(draft: MailDraft): string {
  const { locale, sender, footer } = draft
  const direction = dir(locale)
  const align = direction === 'rtl' ? 'right' : 'left'
  const text = `font-family:${font};direction:${direction};text-align:${align};`
  const name = html`<bdi>${sender.name}</bdi>`
  const brand =
    sender.url === undefined
      ? name
      : html`<a href="${safeUrl(sender.url)}" class="ink" style="color:${light.ink};text-decoration:none"
          >${name}</a
        >`
  // Wrapped twice in its direction, since Gmail drops what stands on html and body.
  const document = html`<!doctype html>
    <html lang="${locale}" dir="${direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no" />
        <title>${draft.subject}</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body class="page" dir="${direction}" style="margin:0;padding:0;background:${light.sunken}">
        <div style="display:none;max-height:0;overflow:hidden;opacity:0" dir="${direction}">
          ${draft.preheader}${raw('&#847;&zwnj;&nbsp;'.repeat(40))}
        </div>
        <div class="page" dir="${direction}" lang="${locale}" style="background:${light.sunken};${text}">
          <table
            role="presentation"
            dir="${direction}"
            width="100%"
            cellpadding="0"
            cellspacing="0"
            border="0"
          >
            <tr>
              <td class="outer" align="center" style="padding:32px 12px">
                <table
                  role="presentation"
                  dir="${direction}"
                  width="100%"
                  cellpadding="0"
                  cellspacing="0"
                  border="0"
                  style="max-width:560px"
                >
                  <tr>
                    <td
                      class="ink"
                      align="${align}"
                      style="${text}padding:0 4px 16px;font-size:16px;font-weight:600;color:${light.ink}"
                    >
                      ${brand}
                    </td>
                  </tr>
                  <tr>
                    <td
                      class="card ink"
                      align="${align}"
                      style="${text}background:${light.surface};border:1px solid ${light.line};border-radius:16px;padding:36px 36px 30px;color:${light.ink}"
                    >
                      <h1
                        style="${text}margin:0 0 14px;font-size:22px;line-height:1.45;font-weight:600;color:${light.ink}"
                      >
                        ${draft.heading}
                      </h1>
                      ${draft.blocks.map((block) => drawBlock(block, { direction, align, text }))}
                    </td>
                  </tr>
                  <tr>
                    <td
                      class="muted"
                      align="${align}"
                      style="${text}padding:18px 4px 0;font-size:12px;line-height:1.8;color:${light.muted}"
                    >
                      ${footer.map((line) => html`<div>${line}</div>`)}
                    </td>
                  </tr>
                </table>
              </td>
            </tr>
          </table>
        </div>
      </body>
    </html>`
  if (document instanceof Promise) throw new Error('assertion failed: a mail is drawn at once')
  return document.toString()
}

type Side = { direction: 'rtl' | 'ltr'; align: 'right' | 'left'; text: string }

function drawBlock(block: MailBlock, side: Side): Html {
  const { text, align } = side
  switch (block.type) {
    case 'paragraph':
      return html`<p style="${text}margin:0 0 16px;font-size:15px;line-height:1.8">${block.text}</p>`
    case 'note':
      return html`<p
        class="muted"
        style="${text}margin:16px 0 0;font-size:13px;line-height:1.8;color:${light.muted}"
      >
        ${block.text}
      </p>`
    case 'quote':
      return html`<table
        role="presentation"
        dir="${side.direction}"
        width="100%"
        cellpadding="0"
        cellspacing="0"
        border="0"
        style="margin:0 0 20px"
      >
        <tr>
          <td
            class="soft ink"
            align="${align}"
            style="${text}background:${light.sunken};border-radius:10px;padding:14px 16px;font-size:14px;line-height:1.8"
          >
            <div dir="auto" style="white-space:pre-line">${block.text}</div>
          </td>
        </tr>
      </table>`
    case 'button':
      return html`<table
        role="presentation"
        dir="${side.direction}"
        cellpadding="0"
        cellspacing="0"
        border="0"
        style="margin:6px 0 22px"
      >
        <tr>
          <td
            class="button"
            align="center"
            bgcolor="${light.accent}"
            style="border-radius:8px;background:${light.accent}"
          >
            <a
              class="button"
              href="${safeUrl(block.url)}"
              style="display:inline-block;padding:13px 26px;border-radius:10px;font-family:${font};font-size:15px;font-weight:600;line-height:1.4;color:${light['on-accent']};background:${light.accent};text-decoration:none"
              >${block.label}</a
            >
          </td>
        </tr>
      </table>`
    case 'links':
      return html`<p style="${text}margin:0 0 16px;font-size:14px;line-height:2">
        ${block.links.map((link) => html`<a class="link" href="${safeUrl(link.url)}" style="color:${light.accent}">${link.label}</a><br />`)}
      </p>`
    case 'facts':
      return drawTable(
        side,
        block.facts.map(({ label, value }) => drawRow(side, { title: label, value }, 'fact')),
      )
    case 'lines':
      return drawTable(side, [
        ...block.lines.map((line) => drawRow(side, line, 'line')),
        ...block.sums.map(({ label, value, strong }) =>
          drawRow(side, { title: label, value }, strong === true ? 'total' : 'sum'),
        ),
      ])
  }
}

function drawTable({ direction }: Side, rows: readonly Html[]): Html {
  return html`<table
    role="presentation"
    dir="${direction}"
    width="100%"
    cellpadding="0"
    cellspacing="0"
    border="0"
    style="margin:4px 0 22px;border-collapse:collapse"
  >
    ${rows}
  </table>`
}

function drawRow({ text, align }: Side, line: MailLine, kind: 'line' | 'sum' | 'total' | 'fact'): Html {
  const end = align === 'right' ? 'left' : 'right'
  const border = kind === 'line' || kind === 'total' ? `border-bottom:1px solid ${light.line};` : ''
  const weight = kind === 'total' ? 'font-weight:600;font-size:16px;' : 'font-size:14px;'
  const padding = kind === 'line' || kind === 'total' ? '11px' : '5px'
  const quiet = kind === 'sum' || kind === 'fact'
  const detail =
    line.detail === undefined
      ? ''
      : html`<div class="muted" style="font-size:12px;line-height:1.7;color:${light.muted}">
          ${line.detail}
        </div>`
  return html`<tr>
    <td
      class="${quiet ? 'muted' : 'ink'} rule"
      align="${align}"
      valign="top"
      style="${text}${border}${weight}padding:${padding} 0;line-height:1.7${quiet ? `;color:${light.muted}` : ''}"
    >
      <span dir="auto">${line.title}</span>${detail}
    </td>
    <td
      class="ink rule"
      align="${end}"
      valign="top"
      style="${text}${border}${weight}text-align:${end};padding:${padding} 0;padding-${align}:16px;line-height:1.7;white-space:nowrap"
    >
      ${line.value}
    </td>
  </tr>`
}

function drawText(draft: MailDraft): string {
  const parts = [draft.heading, ...draft.blocks.map(textOf), `--\n${draft.footer.join('\n')}`]
  return `${parts.join('\n\n')}\n`
}

function textOf(block: MailBlock): string {
  switch (block.type) {
    case 'paragraph':
    case 'note':
    case 'quote':
      return block.text
    case 'button':
      return `${block.label}:\n${safeUrl(block.url)}`
    case 'links':
      return block.links.map(({ label, url }) => `${label}:\n${safeUrl(url)}`).join('\n')
    case 'facts':
      return block.facts.map(({ label, value }) => `${label}: ${value}`).join('\n')
    case 'lines':
      return [
        ...block.lines.map(
          ({ title, detail, value }) =>
            `${isolate(title)}${detail === undefined ? '' : ` (${detail})`}: ${value}`,
        ),
        ...block.sums.map(({ label, value }) => `${label}: ${value}`),
      ].join('\n')
  }
}

/** @throws for a link that is not one of the web: ours are made by the program, so anything else is a mistake. */
function safeUrl(url: string): string {
  if (!/^https?:\/\//.test(url)) throw new Error('assertion failed: a mail links to a page of the web')
  return url
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}
