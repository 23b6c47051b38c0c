import { DomainError } from '../../platform/errors.ts'

/** 403: the set-up link is not the one that the server wrote down. */
export class SetupLinkInvalid extends DomainError {
  constructor() {
    super('setup-link-invalid', 403)
  }
}

/** 409: the installation has its owner. */
export class AlreadySetUp extends DomainError {
  constructor() {
    super('already-set-up', 409)
  }
}

/** 401: address and password do not belong together; says nothing of which of them is wrong. */
export class SignInFailed extends DomainError {
  constructor() {
    super('sign-in-failed', 401)
  }
}

/** 401: the bearer token is malformed, unknown, expired or revoked. */
export class TokenInvalid extends DomainError {
  constructor() {
    super('token-invalid', 401)
  }
}

/** 409: another store of this server has the address. */
export class StoreSlugTaken extends DomainError {
  constructor(slug: string) {
    super('store-slug-taken', 409, { slug })
  }
}

/** 429: too many tries to sign in, with the seconds to wait. */
export class TooManyTries extends DomainError {
  constructor(retrySeconds: number) {
    super('rate-limited', 429, { retrySeconds })
  }
}
