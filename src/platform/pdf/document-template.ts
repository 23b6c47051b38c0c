import { palette } from '../../shared/palette.ts'

const { light } = palette

/**
 * The typography shared by all printed pages. Everything shown comes from `d`, as strings that are set as they are;
 * `it` isolates, `kv` is a quiet label with its value.
 */
export const pageTemplate = String.raw`
#let d = json(bytes(sys.inputs.data))
#let ink = rgb("${light.ink}")
#let muted = rgb("${light.muted}")
#let rule = rgb("${light.line}")
#let faint = rgb("${light.sunken}")
#let accent = rgb(d.accent)
#set document(title: d.meta.title, author: d.meta.author, date: datetime(
  year: d.meta.at.at(0), month: d.meta.at.at(1), day: d.meta.at.at(2),
  hour: d.meta.at.at(3), minute: d.meta.at.at(4), second: d.meta.at.at(5),
))
#set text(
  font: if d.lang == "ar" { ("IBM Plex Sans Arabic", "IBM Plex Sans") } else { ("IBM Plex Sans", "IBM Plex Sans Arabic") },
  size: 9pt, fill: ink, lang: d.lang, dir: if d.lang == "ar" { rtl } else { ltr },
)
#set par(leading: if d.lang == "ar" { 0.7em } else { 0.6em }, spacing: 0.8em)
#let quiet(body, size: 8pt) = text(size: size, fill: muted, body)
#let strong(body) = text(weight: 600, body)
`

/** A sale's paper: title and number, parties, lines with a header on every page, sums, QR code, notes. */
export const documentTemplate = String.raw`
#set page(
  paper: "a4", margin: (x: 18mm, top: 17mm, bottom: 22mm),
  footer-descent: 7mm,
  footer: context {
    line(length: 100%, stroke: 0.5pt + rule)
    v(-2pt)
    grid(columns: (1fr, auto), column-gutter: 8mm,
      quiet(d.footer, size: 7.5pt),
      quiet(d.pages.at(0) + " " + str(counter(page).get().first()) + " " + d.pages.at(1) + " " + str(counter(page).final().first()), size: 7.5pt),
    )
  },
)

// A label, with its Arabic companion on papers that the law wants in Arabic too.
#let label(l, size: 8pt) = {
  quiet(l.at(0), size: size)
  if l.len() > 1 { h(4pt); box(text(size: size * 0.94, fill: muted, lang: "ar", dir: rtl, l.at(1))) }
}
#let stacked(l, size: 7.5pt) = {
  text(size: size, weight: 500, fill: muted, l.at(0))
  if l.len() > 1 { linebreak(); text(size: size * 0.94, weight: 400, fill: muted, lang: "ar", dir: rtl, l.at(1)) }
}

// Head: what it is; whose it is.
#grid(columns: (1fr, auto), column-gutter: 12mm, align: (start + top, end + top),
  {
    text(size: 20pt, weight: 600, fill: accent, tracking: if d.lang == "ar" { 0pt } else { -0.2pt }, d.title.at(0))
    if d.title.len() > 1 { h(9pt); box(text(size: 13pt, weight: 500, fill: muted, lang: "ar", dir: rtl, d.title.at(1))) }
  },
  if d.logo != none { image(d.logo, height: 13mm, width: 45mm, fit: "contain", alt: d.seller.name) }
  else { box(width: 70mm, align(end, par(leading: if d.lang == "ar" { 0.75em } else { 0.5em }, text(size: 13pt, weight: 600, d.seller.name)))) },
)
#v(5mm)
#grid(columns: (auto, 1fr), column-gutter: 7mm, row-gutter: 6.5pt,
  ..d.facts.map(f => (label(f.label), {
    text(weight: 500, f.value)
    if f.at("second", default: none) != none { h(6pt); quiet(f.second, size: 8.5pt) }
  })).flatten(),
)
#v(7mm)

#let party(p) = {
  label(p.label)
  v(-1pt)
  set par(spacing: 0.68em)
  par(strong(p.name))
  for l in p.lines { par(text(size: 8.5pt, l)) }
  for n in p.numbers { par({ label(n.label, size: 8.5pt); h(4pt); text(size: 8.5pt, n.value) }) }
}
#grid(columns: (1fr, 1fr), column-gutter: 12mm, party(d.seller), party(d.buyer))
#v(8mm)

// The figure that everybody looks for.
#block(width: 100%, par(leading: 0.5em, {
  text(size: 15pt, weight: 600, d.headline.amount)
  h(6pt)
  text(size: 11pt, fill: muted, d.headline.words)
}))
#v(5mm)

// Lines.
#let columns = d.columns
#table(
  columns: columns.map(c => if c.wide { 1fr } else { auto }),
  // Figures stand right in both directions, so that their decimals line up.
  align: (x, y) => (if columns.at(x).wide { start } else { right }) + (if y == 0 { bottom } else { top }),
  inset: (x, y) => (
    left: if d.lang == "ar" { if x == columns.len() - 1 { 0pt } else { 4.5pt } } else { if x == 0 { 0pt } else { 4.5pt } },
    right: if d.lang == "ar" { if x == 0 { 0pt } else { 4.5pt } } else { if x == columns.len() - 1 { 0pt } else { 4.5pt } },
    y: if y == 0 { 5pt } else { 6.5pt },
  ),
  stroke: (x, y) => (bottom: if y == 0 { 0.8pt + ink } else { 0.5pt + rule }),
  table.header(repeat: true, ..columns.map(c => stacked(c.label))),
  ..d.lines.map(l => (
    table.cell(breakable: false, {
      text(weight: 500, l.title)
      if l.detail != none { linebreak(); quiet(l.detail) }
    }),
    ..l.cells.map(c => c),
  )).flatten(),
)
#v(3mm)

// Sums beside the QR code; kept on one page.
#block(breakable: false, width: 100%, grid(columns: (1fr, 88mm), column-gutter: 10mm,
  {
    if d.qr != none { image(bytes(d.qr), format: "svg", width: 30mm, alt: d.qrAlt) }
  },
  {
    let row(s) = (label(s.label, size: 8.5pt), s.value)
    grid(columns: (1fr, auto), column-gutter: 5mm, row-gutter: 7pt, align: (start + horizon, right + horizon),
      ..d.sums.map(row).flatten(),
      grid.cell(colspan: 2, line(length: 100%, stroke: 0.8pt + ink)),
      {
        strong(d.total.label.at(0))
        if d.total.label.len() > 1 { h(4pt); box(text(size: 8pt, fill: muted, lang: "ar", dir: rtl, d.total.label.at(1))) }
      }, text(size: 12pt, weight: 600, d.total.value),
    )
  },
))
#if d.notes.len() > 0 {
  v(9mm)
  for n in d.notes { block(breakable: false, below: 4mm, { set par(spacing: 0.65em); par(label(n.label)); par(text(size: 8.5pt, n.value)) }) }
}
`
