/** The page of a report: title and period, and its foot. */
export const reportHead = String.raw`
#let num(n) = str(n).clusters().map(c => d.digits.at(int(c))).join()
#set page(
  paper: "a4", flipped: d.landscape, margin: (x: 16mm, top: 16mm, bottom: 20mm),
  footer-descent: 6mm,
  footer: context {
    line(length: 100%, stroke: 0.5pt + rule)
    v(-2pt)
    grid(columns: (1fr, auto), column-gutter: 8mm,
      quiet(d.footer, size: 7.5pt),
      quiet(d.pages.at(0) + " " + num(counter(page).get().first()) + " " + d.pages.at(1) + " " + num(counter(page).final().first()), size: 7.5pt),
    )
  },
)
#{
  set par(spacing: 3.2mm)
  par(quiet(d.owner, size: 9pt))
  par(leading: 0.6em, text(size: 18pt, weight: 600, fill: accent, d.title))
  par(text(size: 10pt, d.period))
  if d.note != none { par(quiet(d.note, size: 8.5pt)) }
}
#v(4mm)
`

/** Sections of one table whose header stands on every page, and what is to be noted. */
export const reportTable = String.raw`
#let cols = d.columns
#let last = cols.len() - 1
#let is-figure(x) = cols.at(x).kind == "figure"
#let cell(r, x, c) = {
  let body = if r.kind == "row" { c } else { strong(c) }
  if cols.at(x).tree and r.depth > 0 { pad(..(if d.lang == "ar" { (right: r.depth * 4mm) } else { (left: r.depth * 4mm) }), body) } else { body }
}
#let heading-row(r) = table.cell(
  colspan: cols.len(), align: start, breakable: false, stroke: (bottom: none), inset: (x: 0pt, top: 11pt, bottom: 4pt),
  text(size: 10pt, weight: 600, fill: accent, r.cells.at(0)),
)
#let row-cells(r) = {
  if r.kind == "heading" { return (heading-row(r),) }
  let stroke = if r.kind == "total" { (top: 0.8pt + ink, bottom: 0.8pt + ink) } else if r.kind == "subtotal" { (top: 0.5pt + ink, bottom: 0.5pt + rule) } else { (bottom: 0.4pt + rule) }
  r.cells.enumerate().map(((x, c)) => table.cell(stroke: stroke, breakable: false, cell(r, x, c)))
}
#set text(size: 8.5pt)
#if d.rows.len() == 0 { quiet(d.empty, size: 9pt) } else {
  table(
    columns: cols.map(c => if c.wide { 1fr } else { auto }),
    align: (x, y) => (if is-figure(x) { right } else { start }) + (if y == 0 { bottom } else { top }),
    inset: (x, y) => (
      left: if (d.lang == "ar" and x == last) or (d.lang != "ar" and x == 0) { 0pt } else { 5pt },
      right: if (d.lang == "ar" and x == 0) or (d.lang != "ar" and x == last) { 0pt } else { 5pt },
      y: 4.6pt,
    ),
    stroke: none,
    table.header(repeat: true, ..cols.map(c => table.cell(stroke: (bottom: 0.8pt + ink), text(size: 7.5pt, weight: 500, fill: muted, c.title)))),
    ..d.rows.map(row-cells).flatten(),
  )
}
#for n in d.notes { v(2mm); quiet(n, size: 8pt) }
`
