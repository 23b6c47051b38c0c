/** What stands in the log instead of a secret. */
const HIDDEN = '[hidden]'
const SECRET_NAMES =
  /pass(word|phrase)|secret|token$|hash$|signature|cookie|authorization|(backup|recovery)codes?$|^otp$/i
const SECRET_TEXTS = /\b(rafid_[0-9a-z]{26}_[0-9a-z]+|whsec_[\w+/=-]+|sk_(live|test)_\w+)/g

/**
 * The `before` or `after` of an event as JSON; null for nothing. Whatever is named like a secret or looks like one is
 * left out, since the log is read by more people than may know it, and keeps what it was told for ever.
 */
export function writeDetail(value: unknown): string | null {
  if (value === undefined) return null
  return JSON.stringify(value, (name, inner: unknown) => {
    if (SECRET_NAMES.test(name)) return hide(inner)
    if (typeof inner === 'bigint') return inner.toString()
    return typeof inner === 'string' ? inner.replace(SECRET_TEXTS, HIDDEN) : inner
  })
}

/** That there was a secret, or that there was none, may be known. */
function hide(value: unknown): unknown {
  return value === null || typeof value === 'boolean' || value === '' ? value : HIDDEN
}
