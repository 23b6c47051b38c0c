/** The search parameters of a list: what is looked for, in which state, and in which order. */
type ListSearch = { q?: string; state?: string; sort?: string }

/** Those of the address that a list knows. */
export function listSearch(search: Record<string, unknown>): ListSearch {
  return { ...textOf('q', search), ...textOf('state', search), ...textOf('sort', search) }
}

/** Of which days, in which currency, and whether the first-run guide is wanted again. */
export function overviewSearch(search: Record<string, unknown>): {
  days?: string
  currency?: string
  guide?: string
} {
  return { ...textOf('days', search), ...textOf('currency', search), ...textOf('guide', search) }
}

type OrdersSearch = ListSearch & { from?: string; to?: string }

/** By what orders are narrowed, and their order. */
export function ordersSearch(search: Record<string, unknown>): OrdersSearch {
  return {
    ...listSearch(search),
    ...textOf('from', search),
    ...textOf('to', search),
  }
}

type AuditSearch = {
  person?: string
  action?: string
  kind?: string
  since?: string
  until?: string
  sort?: string
}

/** By what the log of who did what is narrowed. */
export function auditSearch(search: Record<string, unknown>): AuditSearch {
  return {
    ...textOf('person', search),
    ...textOf('action', search),
    ...textOf('kind', search),
    ...textOf('since', search),
    ...textOf('until', search),
    ...textOf('sort', search),
  }
}

type JournalSearch = {
  kind?: string
  account?: string
  stream?: string
  source?: string
  from?: string
  to?: string
  sort?: string
}

/** By what the journal is narrowed. */
export function journalSearch(search: Record<string, unknown>): JournalSearch {
  return {
    ...textOf('kind', search),
    ...textOf('account', search),
    ...textOf('stream', search),
    ...textOf('source', search),
    ...textOf('from', search),
    ...textOf('to', search),
    ...textOf('sort', search),
  }
}

type ReportSearch = { report?: string; from?: string; to?: string; currency?: string }

/** Which report, of which time, in which currency. */
export function reportSearch(search: Record<string, unknown>): ReportSearch {
  return {
    ...textOf('report', search),
    ...textOf('from', search),
    ...textOf('to', search),
    ...textOf('currency', search),
  }
}

type StreamsSearch = { months?: string; archived?: string; sort?: string }

/** Over how many months streams stand beside one another, in which order, and whether those put away are there too. */
export function streamsSearch(search: Record<string, unknown>): StreamsSearch {
  return { ...textOf('months', search), ...textOf('archived', search), ...textOf('sort', search) }
}

/** The order that an address names, if the list knows it, else the list's first. */
export function sortIn<Sort extends string>(
  sorts: readonly [Sort, ...Sort[]],
  wanted: string | undefined,
): Sort {
  return sorts.find((known) => known === wanted) ?? sorts[0]
}

/** One parameter of an address, if it is a text that says something. */
export function textOf<Name extends string>(
  name: Name,
  search: Record<string, unknown>,
): { [Key in Name]?: string } {
  const value = search[name]
  // The one key that is put in is the one that the type names.
  return (typeof value === 'string' && value !== '' ? { [name]: value } : {}) as { [Key in Name]?: string }
}
