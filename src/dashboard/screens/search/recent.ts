const mostKept = 6

function keyOf(workspaceId: string): string {
  return `rafid.searches.${workspaceId}`
}

/** What was looked for last in this browser, the newest first. */
export function recentSearches(workspaceId: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(workspaceId)) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, mostKept) : []
  } catch {
    return []
  }
}

/** Remembers a search that led somewhere. */
export function rememberSearch(workspaceId: string, query: string): void {
  const others = recentSearches(workspaceId).filter((one) => one !== query)
  localStorage.setItem(keyOf(workspaceId), JSON.stringify([query, ...others].slice(0, mostKept)))
}

/** Forgets them. */
export function forgetSearches(workspaceId: string): void {
  localStorage.removeItem(keyOf(workspaceId))
}
