const MAX_LENGTH = 180

/**
 * The name of a file as people will see it: the last part of a path, composed, without control and direction-changing
 * characters and those that file systems refuse. Undefined if nothing that can be a name is left. Never used to store.
 */
export function cleanFileName(name: string): string | undefined {
  const cleaned = name
    .toWellFormed()
    .normalize('NFC')
    .replace(/^.*[/\\]/su, '')
    .replace(/[\p{Cc}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu, '')
    .replace(/[<>:"|?*\uFFFD]/gu, '_')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^\.+/u, '')
    .replace(/[. ]+$/u, '')
  return cleaned === '' ? undefined : shorten(cleaned)
}

/** Cuts the name before its extension, by code points. */
function shorten(name: string): string {
  if (name.length <= MAX_LENGTH) return name
  const extension = /\.[a-z0-9]{1,10}$/iu.exec(name)?.[0] ?? ''
  let stem = ''
  for (const letter of name.slice(0, name.length - extension.length)) {
    if (stem.length + letter.length > MAX_LENGTH - extension.length) break
    stem += letter
  }
  return stem + extension
}
