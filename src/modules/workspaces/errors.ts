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

/** 409: without this owner the workspace would have none. */
export class LastOwner extends DomainError {
  constructor() {
    super('last-owner', 409)
  }
}

/** 403: the role may do more than the caller, who can neither give it nor take it away. */
export class RoleTooWide extends DomainError {
  constructor() {
    super('role-too-wide', 403)
  }
}

/** 403: only an owner of the workspace may do this, in person. */
export class OwnersOnly extends DomainError {
  constructor() {
    super('owners-only', 403)
  }
}

/** 409: the member is an owner already. */
export class AlreadyOwner extends DomainError {
  constructor() {
    super('already-owner', 409)
  }
}

/** 409: the person is a member of the workspace. */
export class AlreadyMember extends DomainError {
  constructor() {
    super('already-member', 409)
  }
}

/** 409: an invitation to this address is open; it can be sent again. */
export class AlreadyInvited extends DomainError {
  constructor() {
    super('already-invited', 409)
  }
}

/** 409: as many invitations are open as may be. */
export class TooManyInvitations extends DomainError {
  constructor(most: number) {
    super('too-many-invitations', 409, { most })
  }
}

/** 410: the invitation was used or taken back, its time is up, or there never was such a one. */
export class InvitationOver extends DomainError {
  constructor() {
    super('invitation-over', 410)
  }
}

/** 403: the invitation is for another address than that of the person who is signed in. */
export class InvitationForAnother extends DomainError {
  constructor(email: string) {
    super('invitation-for-another', 403, { email })
  }
}

/** 409: somebody has an account with this address, and joins by signing in. */
export class AccountKnown extends DomainError {
  constructor(email: string) {
    super('account-known', 409, { email })
  }
}
