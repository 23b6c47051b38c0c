import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderMarkdown } from './render-markdown.ts'

const inside = (markdown: string) => renderMarkdown(markdown, 'ar').replace(/^<div dir="rtl">|<\/div>$/g, '')

describe('Markdown of strangers', () => {
  test.each<[string, string]>([
    ['## أهلًا', '<h2 dir="auto">أهلًا</h2>\n'],
    ['# عنوان الصفحة', '<h2 dir="auto">عنوان الصفحة</h2>\n'],
    ['نصّ **مهم** و*مائل*', '<p dir="auto">نصّ <strong>مهم</strong> و<em>مائل</em></p>\n'],
    ['`code`', '<p dir="auto"><code dir="ltr">code</code></p>\n'],
    ['---', '<hr />\n'],
    ['', ''],
    ['  \n ', ''],
  ])('%j becomes %j', (markdown, html) => {
    expect(inside(markdown)).toBe(html)
  })

  test('keeps nested lists and tables, each outermost block finding its direction', () => {
    const lists = inside('1. أول\n   - فرعي\n     - أعمق\n2. second\n\nنص\n\n- a')
    expect(lists.match(/<[a-z]+ dir="auto">/g)).toEqual([
      '<ol dir="auto">',
      '<p dir="auto">',
      '<ul dir="auto">',
    ])
    expect(lists.match(/<(?:ol|ul|li)[ >]/g)).toHaveLength(9)
    expect(inside('5. خمسة')).toContain('<ol dir="auto" start="5">')
    expect(inside('| أ | ب |\n|---|---|\n| 1 | 2 |')).toContain('<td>2</td>')
    expect(renderMarkdown('text', 'en')).toBe('<div dir="ltr"><p dir="auto">text</p>\n</div>')
  })

  test('links go to the web, mail and telephone only, and vouch for nothing', () => {
    expect(inside('[موقع](https://example.com "عنوان")')).toBe(
      '<p dir="auto"><a href="https://example.com" rel="nofollow noopener" title="عنوان">موقع</a></p>\n',
    )
    expect(inside('https://example.com')).toContain('rel="nofollow noopener"')
    expect(inside('[بريد](mailto:a@example.com)')).toContain('href="mailto:a@example.com"')
  })

  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt&colon;alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '![x](data:image/svg+xml;base64,PHN2Zz4=)',
    '![x](https://tracker.example/p.gif)',
    '[x](vbscript:msgbox)',
    '[x](//evil.example)',
    '<a href="https://x" onclick="alert(1)">x</a>',
    '<iframe src="https://x"></iframe>',
    '<svg/onload=alert(1)>',
    '<style>*{display:none}</style>',
    '<math><mi xlink:href="javascript:alert(1)">',
    '[x](https://x "\\" onmouseover=\\"alert(1)")',
    '<p style="position:fixed">x</p>',
    '`<script>alert(1)</script>`',
    '```html\n<script>alert(1)</script>\n```',
    '<!-- --><script>alert(1)</script>',
    '<https://x"onclick=alert(1)>',
  ])('runs nothing: %s', (markdown) => {
    expect(faultsOf(inside(markdown))).toEqual([])
  })

  test('runs nothing, however pieces of attacks are put together', () => {
    const piece = fc.constantFrom(
      // prettier-ignore
      '<',
      '>',
      '"',
      "'",
      '`',
      '[',
      ']',
      '(',
      ')',
      '!',
      '\n',
      '  ',
      '- ',
      '1. ',
      '|',
      '&#x6A;',
      '&lt;',
      '\\',
      'script',
      'img src=x',
      'onerror=alert(1)',
      'javascript:',
      'data:text/html,',
      'a href=',
      'https://x',
      'style=',
      'س',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(faultsOf(inside(pieces.join('')))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})

/** Tags and attributes of the HTML that have no business there. */
function faultsOf(html: string): string[] {
  const faults: string[] = []
  for (const [, name = '', attributes = ''] of html.matchAll(/<([a-z][a-z0-9]*)((?:\s[^<>]*)?)\/?>/giu)) {
    if (/^(?:script|img|iframe|svg|style|math|object|embed|form|input|link|meta|base)$/iu.test(name))
      faults.push(name)
    for (const [, attribute = '', value = ''] of attributes.matchAll(/([a-z-]+)="([^"]*)"/giu)) {
      if (!/^(?:dir|href|rel|title|start)$/u.test(attribute)) faults.push(attribute)
      if (attribute === 'href' && !/^(?:https?:|mailto:|tel:|#|\/(?!\/)|[^:/]*$)/iu.test(value))
        faults.push(value)
    }
  }
  return faults
}
