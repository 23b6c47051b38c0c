/** A thing in the vocabulary of schema.org. */
export type StructuredData = { '@type': string; [property: string]: unknown }

/**
 * JSON for a script element. `<`, `>` and `&` are written as escapes, so that nothing in a value can end the element or begin a comment;
 * the line separators likewise, since older parsers of scripts stop at them.
 */
export function safeJson(data: StructuredData): string {
  const json = JSON.stringify({ '@context': 'https://schema.org', ...data })
  return json.replace(
    /[<>&\u2028\u2029]/gu,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** The way from the store's front page to a page: names and absolute addresses, the page itself last. */
export function breadcrumbs(trail: readonly { name: string; url: string }[]): StructuredData {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: trail.map(({ name, url }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: url,
    })),
  }
}
