/** The forms in which the same bytes are kept. */
export type Encodings = {
  readonly identity: Uint8Array<ArrayBuffer>
  readonly br?: Uint8Array<ArrayBuffer>
  readonly gzip?: Uint8Array<ArrayBuffer>
}

/** The best kept form that a browser takes by its header Accept-Encoding; one refused by `q=0` is not taken. */
export function encodingFor(accepted: string | undefined, kept: Encodings): 'br' | 'gzip' | 'identity' {
  if (accepted === undefined) return 'identity'
  for (const encoding of ['br', 'gzip'] as const) {
    if (kept[encoding] === undefined) continue
    if (
      new RegExp(
        `(?:^|,)\\s*${encoding}\\s*(?:;\\s*q=(?!0(?:\\.0*)?\\s*(?:,|$))[\\d.]+\\s*)?(?:,|$)`,
        'i',
      ).test(accepted)
    ) {
      return encoding
    }
  }
  return 'identity'
}
