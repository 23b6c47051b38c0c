import { DomainError } from '../../platform/errors.ts'

/** 403: the mailed link is not one of ours, is too old, or was used before. */
export class MailedLinkInvalid extends DomainError {
  constructor() {
    super('mailed-link-invalid', 403)
  }
}

/** 403: the step wants a session that proved a few minutes ago who it is; `POST /auth/fresh`, then again. */
export class FreshAuthenticationRequired extends DomainError {
  constructor() {
    super('fresh-authentication-required', 403)
  }
}

/** 401: not a code of this person’s, or one that was used before. */
export class CodeWrong extends DomainError {
  constructor() {
    super('code-wrong', 401)
  }
}

/** 401: the password was given too long ago, or too many codes were wrong: signing in begins again. */
export class SecondStepExpired extends DomainError {
  constructor() {
    super('second-step-expired', 401)
  }
}

/** 401: the passkey is not known here, or its answer does not fit. */
export class PasskeyRefused extends DomainError {
  constructor() {
    super('passkey-refused', 401)
  }
}

/** 409: browsers take no passkeys for PUBLIC_URL. */
export class PasskeysUnavailable extends DomainError {
  constructor() {
    super('passkeys-unavailable', 409)
  }
}

/** 409: the second factor is on already. */
export class SecondFactorIsOn extends DomainError {
  constructor() {
    super('second-factor-is-on', 409)
  }
}

/** 409: there is no second factor to act on. */
export class SecondFactorIsOff extends DomainError {
  constructor() {
    super('second-factor-is-off', 409)
  }
}
