import { base32 } from './token.ts'

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz'
const RFC_4648 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Bytes in base 32 as authenticator apps read it. Source: RFC 4648, section 6, without padding. */
export function appBase32(bytes: Uint8Array): string {
  return Array.from(base32(bytes), (letter) => RFC_4648.charAt(CROCKFORD.indexOf(letter))).join('')
}

/**
 * The address that an authenticator app takes a secret from.
 * Source: Key Uri Format of Google Authenticator: label `issuer:account`, and the issuer again as a parameter.
 */
export function otpauthUri({
  issuer,
  account,
  key,
}: {
  issuer: string
  account: string
  key: string
}): string {
  const label = [issuer, account].map((part) => encodeURIComponent(part.replaceAll(':', ' '))).join(':')
  const values = new URLSearchParams({
    secret: key,
    issuer: issuer.replaceAll(':', ' '),
    digits: '6',
    period: '30',
  })
  return `otpauth://totp/${label}?${values.toString().replaceAll('+', '%20')}`
}

/** How many recovery codes a person gets. */
export const RECOVERY_CODES = 10

/** How many random bytes a recovery code is made of: ten letters of base 32, 50 bits of them. */
export const RECOVERY_CODE_BYTES = 7

/** A recovery code as it is shown: `3f7kq-x0r9t`. */
export function recoveryCode(bytes: Uint8Array): string {
  const letters = base32(bytes).slice(0, 10)
  return `${letters.slice(0, 5)}-${letters.slice(5)}`
}

/** What was typed as a code: digits of an app, in any script, or a recovery code, with or without its dash. */
export function readCode(typed: string): { kind: 'app' | 'recovery'; code: string } {
  const plain = typed
    .normalize('NFKC')
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/[\s\p{Pd}]/gu, '')
    .toLowerCase()
  if (/^\d{6}$/.test(plain)) return { kind: 'app', code: plain }
  // Letters that the alphabet leaves out, because they are read as others.
  const letters = plain.replace(/o/g, '0').replace(/[il]/g, '1')
  return { kind: 'recovery', code: `${letters.slice(0, 5)}-${letters.slice(5)}` }
}
