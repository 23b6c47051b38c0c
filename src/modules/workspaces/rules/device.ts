/** Browsers as people know them. */
export const BROWSERS = [
  'chrome',
  'edge',
  'firefox',
  'safari',
  'opera',
  'samsung',
  'program',
  'unknown',
] as const

/** What a device runs on. */
export const SYSTEMS = ['android', 'ios', 'windows', 'macos', 'linux', 'chromeos', 'unknown'] as const

/** Where an address is, as far as it says so itself. */
export const NETWORKS = ['this-computer', 'local', 'public', 'unknown'] as const

type Browser = (typeof BROWSERS)[number]
type System = (typeof SYSTEMS)[number]

// The first that fits counts: browsers name those that they descend from as well.
const browsers: readonly (readonly [RegExp, Browser])[] = [
  [/SamsungBrowser\//, 'samsung'],
  [/\b(?:Edg|EdgA|EdgiOS)\//, 'edge'],
  [/\b(?:OPR|OPiOS|Opera)\//, 'opera'],
  [/\b(?:Firefox|FxiOS)\//, 'firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome|Chromium)\//, 'chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'safari'],
  [/^(?:curl|node|undici|python|axios|Go-http|okhttp|Wget)\b/i, 'program'],
]

const systems: readonly (readonly [RegExp, System])[] = [
  [/\bAndroid\b/, 'android'],
  [/\b(?:iPhone|iPad|iPod)\b/, 'ios'],
  [/\bWindows NT\b/, 'windows'],
  [/\bCrOS\b/, 'chromeos'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macos'],
  [/\bLinux\b|\bX11\b/, 'linux'],
]

/** What a browser says of itself, as far as a person recognises a device by it. It may say anything. */
export function deviceOf(userAgent: string): { browser: Browser; system: System } {
  const read = userAgent.slice(0, 512)
  return { browser: first(browsers, read) ?? 'unknown', system: first(systems, read) ?? 'unknown' }
}

function first<Word>(known: readonly (readonly [RegExp, Word])[], text: string): Word | undefined {
  return known.find(([pattern]) => pattern.test(text))?.[1]
}

/** What kind of network an address belongs to; nothing is looked up. Source: RFC 1918, 3927, 4193, 4291, 6598. */
export function networkKind(address: string | null): (typeof NETWORKS)[number] {
  const bare = (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase()
  if (/^127\.|^::1$/.test(bare) || bare === 'inside') return 'this-computer'
  if (
    /^10\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./.test(
      bare,
    )
  )
    return 'local'
  if (/^f[cd][0-9a-f]{2}:|^fe[89ab][0-9a-f]:/.test(bare)) return 'local'
  return /^\d{1,3}(?:\.\d{1,3}){3}$|^[0-9a-f:]*:[0-9a-f:.]+$/.test(bare) ? 'public' : 'unknown'
}
