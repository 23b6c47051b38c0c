import { palette } from '../../../shared/palette.ts'

const { light, dark } = palette

/** Where the documentation's style sheet is served. */
export const STYLE_PATH = '/assets/reference.css'

/** The documentation's style sheet: light and dark, either direction, wide and narrow, on paper. */
export const STYLE = `
:root { --ink: ${light.ink}; --faint: ${light.muted}; --paper: ${light.surface}; --shade: ${light.sunken}; --line: ${light.line}; --accent: ${light.accent};
  --get: ${light.accent}; --post: #7a4b00; --put: #5b3b99; --patch: #5b3b99; --delete: #a3262c; }
@media (prefers-color-scheme: dark) { :root { --ink: ${dark.ink}; --faint: ${dark.muted}; --paper: ${dark.paper}; --shade: ${dark.surface};
  --line: ${dark.line}; --accent: ${dark.accent}; --get: ${dark.accent}; --post: #e5b566; --put: #b9a2ec; --patch: #b9a2ec; --delete: #f08a8f; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 4rem; }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.65;
  font-family: 'IBM Plex Sans Arabic', 'Noto Sans Arabic', system-ui, sans-serif; }
a { color: var(--accent); text-underline-offset: .2em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; inset-inline-start: -99rem; }
.skip:focus { inset-inline-start: 1rem; top: .5rem; background: var(--paper); padding: .5rem 1rem; z-index: 2; }
header { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline;
  padding: .75rem 1.5rem; background: var(--paper); border-block-end: 1px solid var(--line); }
header .name { font-weight: 600; text-decoration: none; color: var(--ink); }
header nav { display: flex; flex-wrap: wrap; gap: 1.25rem; margin-inline-start: auto; }
.sides { display: grid; grid-template-columns: 16rem minmax(0, 1fr); max-width: 84rem; margin-inline: auto; }
.contents { position: sticky; top: 3.5rem; align-self: start; max-height: calc(100vh - 3.5rem); overflow: auto;
  padding: 1.5rem; font-size: .9rem; }
.contents ul { list-style: none; margin: 0 0 1rem; padding: 0; }
.contents li { padding-block: .15rem; }
.contents strong { display: block; margin-block: .75rem .25rem; color: var(--faint); font-weight: 600; }
.contents a { text-decoration: none; }
main { padding: 1.5rem; min-width: 0; }
h1 { font-size: 1.9rem; line-height: 1.3; margin-block: .5rem 1rem; }
h2 { font-size: 1.4rem; margin-block: 3rem .5rem; padding-block-start: 1rem; border-block-start: 1px solid var(--line); }
h3 { font-size: 1.1rem; margin-block: 2.25rem .5rem; }
h4 { font-size: .95rem; margin-block: 1.25rem .4rem; color: var(--faint); }
article h2 { font-size: 1.1rem; margin-block: 2.25rem .5rem; padding: 0; border: 0; }
p { max-width: 44rem; margin-block: .5rem; }
[dir=rtl] p[dir=ltr], [dir=rtl] [dir=ltr] p { max-width: none; }
.note { color: var(--faint); }
.route { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; margin-block: .25rem; }
.method { font: 600 .8rem/1 ui-monospace, monospace; text-transform: uppercase; padding: .35rem .5rem;
  border: 1px solid currentcolor; border-radius: .3rem; }
.get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); } .patch { color: var(--patch); }
.delete { color: var(--delete); }
code, pre { font-family: ui-monospace, 'Cascadia Code', Menlo, monospace; font-size: .88em; }
code { background: var(--shade); padding: .1em .35em; border-radius: .25rem; overflow-wrap: anywhere; unicode-bidi: isolate; }
pre { background: var(--shade); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; white-space: pre-wrap;
  overflow-wrap: anywhere; direction: ltr; text-align: left; }
pre code { background: none; padding: 0; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: start; vertical-align: top; padding: .45rem .75rem .45rem 0; border-block-end: 1px solid var(--line); }
[dir=rtl] :is(h3, p, div, ul, td)[dir=ltr], [dir=rtl] [dir=ltr] p { text-align: right; }
[dir=rtl] .route { justify-content: flex-end; }
[dir=rtl] dl [dir=ltr] { text-align: left; }
[dir=rtl] th, [dir=rtl] td { padding: .45rem 0 .45rem .75rem; }
th { color: var(--faint); font-weight: 600; }
td:first-child { min-width: 8.5rem; } td:last-child { width: 45%; }
.required { color: var(--faint); font-size: .85em; }
.english { unicode-bidi: isolate; }
dl { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem 2rem; margin: 0; }
dl > div { min-width: 0; }
dt { font-weight: 600; } dd { margin: 0; }
@media (max-width: 56rem) { .sides { grid-template-columns: minmax(0, 1fr); }
  header, .contents { position: static; }
  .contents { max-height: none; border-block-end: 1px solid var(--line); }
  dl { grid-template-columns: 1fr; } }
@media (max-width: 40rem) { table, tr { display: block; } th { display: none; }
  tr td:is(:first-child, :last-child, td) { display: block; width: auto; min-width: 0; padding: .1rem 0; border: 0; }
  tr:has(td) { padding-block: .5rem; border-block-end: 1px solid var(--line); } }
@media print { header, .contents { display: none; } .sides { display: block; } }
`
