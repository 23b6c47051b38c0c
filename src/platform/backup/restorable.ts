import type { ErrorFields } from '../errors.ts'

/** A backup that cannot be put back here; `reason` is a key of the catalogue under `cli.restore`. */
export class CannotRestore extends Error {
  readonly reason:
    | 'damaged'
    | 'newer'
    | 'other-history'
    | 'database-not-empty'
    | 'place-not-empty'
    | 'no-passphrase'
    | 'wrong-passphrase'
  readonly values: ErrorFields

  constructor(reason: CannotRestore['reason'], values: ErrorFields = {}) {
    super(reason)
    this.reason = reason
    this.values = values
  }
}
