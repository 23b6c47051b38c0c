import { Conflict, DomainError, Invalid, type FieldError } from '../../platform/errors.ts'

/** 409: the product lacks something that a buyer needs; `errors` says what, each with the place to mend it. */
export class NotReady extends DomainError {
  constructor(missing: readonly FieldError[]) {
    super('product-not-ready', 409, { count: missing.length }, missing)
  }
}

/** 409: the name in the address leads to another product or store. */
export class SlugTaken extends DomainError {
  constructor(pointer: string) {
    super('slug-taken', 409, {}, [{ pointer, detail: 'problems.slug-taken.detail' }])
  }
}

/** 412: somebody changed it after the caller read it; nothing was written. */
export class ChangedMeanwhile extends DomainError {
  constructor() {
    super('changed-meanwhile', 412)
  }
}

/** 409: products still have prices in a currency that the store is to give up. */
export class CurrencyInUse extends DomainError {
  constructor(currency: string, count: number) {
    super('currency-in-use', 409, { currency, count })
  }
}

/** 409: pretend payments and real ones cannot be offered beside each other. */
export class ProvidersMixed extends Conflict {
  constructor() {
    super('providers-mixed')
  }
}

/** 409: the workspace has a store already; it can have one. */
export class StoreExists extends Conflict {
  constructor() {
    super('store-exists')
  }
}

/** 409: the step needs an edition that is not published yet. */
export class VersionPublished extends Conflict {
  constructor() {
    super('version-published')
  }
}

/** 409: the product was archived; it can be read, and no longer changed. */
export class ProductArchived extends Conflict {
  constructor() {
    super('product-archived')
  }
}

/** 415: the content of a file is not what its name says, or not a picture where a picture is wanted. */
export class WrongFileType extends DomainError {
  constructor(found: string) {
    super('wrong-file-type', 415, { found })
  }
}

/** 413: the file is larger than one file may be. */
export class FileTooLarge extends DomainError {
  constructor(limitGigabytes: number) {
    super('file-too-large', 413, { limitGigabytes })
  }
}

/** 422 with one invalid place. */
export function invalid(pointer: string, detail: string): Invalid {
  return new Invalid([{ pointer, detail }])
}
