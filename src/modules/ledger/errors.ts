import { Conflict, DomainError, type ErrorFields, type FieldError } from '../../platform/errors.ts'
import type { PostOutcome } from './schema.ts'

/** 409: the account has less than the entry takes. */
export class InsufficientFunds extends Conflict {
  constructor(fields: { account: string; currency: string; available: string }) {
    super('insufficient-funds', fields)
  }
}

/** 409: the period is closed; a correction belongs into the open one. */
export class PeriodClosed extends Conflict {
  constructor(openFrom: Date) {
    super('period-closed', { openFrom: openFrom.toISOString().slice(0, 10) })
  }
}

/** 409: the key posted another entry before. */
export class LedgerKeyReuse extends Conflict {
  constructor() {
    super('ledger-key-reuse')
  }
}

/** 409: the account has been posted to since the caller read it. */
export class AccountChanged extends Conflict {
  constructor(fields: { account: string; currency: string }) {
    super('ledger-account-changed', fields)
  }
}

/** 422: the amount, or the balance that it would make, is larger than the books can hold. */
export class OutOfRange extends DomainError {
  constructor(fields: ErrorFields = {}) {
    super('amount-out-of-range', 422, fields)
  }
}

/** 422: the chart has no such account. */
export class UnknownAccount extends DomainError {
  constructor(code: string, errors: readonly FieldError[] = []) {
    super('unknown-account', 422, { code }, errors)
  }
}

/** 409: the hold is posted, voided or expired, or less of it is left than was asked for. */
export class HoldResolved extends Conflict {
  constructor(remaining: bigint) {
    super('hold-resolved', { remaining: remaining.toString() })
  }
}

/** 409: the entry has been reversed already, or less of it is left than was asked for. */
export class AlreadyReversed extends Conflict {
  constructor() {
    super('already-reversed')
  }
}

/** 409: no rate is known for the day; none is ever assumed. */
export class RateMissing extends Conflict {
  constructor(fields: { base: string; quote: string; day: string }) {
    super('rate-missing', fields)
  }
}

/** 409: the code is in the chart already. */
export class AccountExists extends Conflict {
  constructor(code: string) {
    super('account-exists', { code })
  }
}

/** The problem that an outcome other than posted or replayed is, for callers that cannot go on without the entry. */
export function toProblem(outcome: Exclude<PostOutcome, { outcome: 'posted' | 'replayed' }>): DomainError {
  switch (outcome.outcome) {
    case 'insufficient-funds':
      return new InsufficientFunds({
        account: outcome.account,
        currency: outcome.currency,
        available: outcome.available.toString(),
      })
    case 'version-conflict':
      return new AccountChanged({ account: outcome.account, currency: outcome.currency })
    case 'key-reuse':
      return new LedgerKeyReuse()
    case 'period-closed':
      return new PeriodClosed(outcome.openFrom)
    case 'out-of-range':
      return new OutOfRange()
  }
}
