import { DomainError } from '../../platform/errors.ts'

/** 403: the link was changed, or is older than it may be; the page that made it makes a new one. */
export class LinkExpired extends DomainError {
  constructor() {
    super('link-expired', 403)
  }
}

/** 403: the order was refunded or the right was withdrawn. */
export class RightRevoked extends DomainError {
  constructor() {
    super('right-revoked', 403)
  }
}

/** 403: every download that the purchase includes was used. */
export class DownloadsUsedUp extends DomainError {
  constructor(limit: number) {
    super('downloads-used-up', 403, { limit })
  }
}
