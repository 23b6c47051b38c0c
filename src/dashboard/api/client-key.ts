/** A key for one decision of a person, such as a refund: repeated sending of it does nothing twice. */
export function newKey(): string {
  // randomUUID is missing where the page is served without https from another host than localhost.
  const bytes = crypto.getRandomValues(new Uint8Array(18))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}
