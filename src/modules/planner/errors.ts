import { Conflict, DomainError, type FieldError } from '../../platform/errors.ts'

/** 409: the workspace has as many plans as it may have. */
export class PlansFull extends Conflict {
  constructor(most: number) {
    super('plans-full', { most })
  }
}

/** 409: the plan lacks values without which it cannot be reckoned; `errors` says which. */
export class PlanNotReady extends DomainError {
  constructor(errors: readonly FieldError[]) {
    super('plan-not-ready', 409, {}, errors)
  }
}
