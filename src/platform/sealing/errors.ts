import { DomainError } from '../errors.ts'

/** Why a sealed text does not open: its key is not in this process's secrets file, or it was changed or moved. */
export type SealFault = 'no-key' | 'changed'

/** 503: something that is kept encrypted cannot be opened; the operator finds out why. */
export class SecretUnreadable extends DomainError {
  readonly fault: SealFault
  /** The id of the key-encryption key that is wanted. */
  readonly keyId: string

  constructor(fault: SealFault, keyId: string) {
    super('secret-unreadable', 503)
    this.message =
      fault === 'no-key'
        ? `the key ${keyId} is not in secrets.json: take that file from where the keys were changed, or from a backup`
        : 'a sealed text was changed, or is not where it was sealed for'
    this.fault = fault
    this.keyId = keyId
  }
}
