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

/** 409: some questions have no answer yet, or answers contradict each other. */
export class AssessmentUnfinished extends Conflict {
  constructor(open: number) {
    super('assessment-unfinished', { open })
  }
}

/** 409: there is a stream that is the one; it ends first. */
export class FocusHeld extends Conflict {
  constructor() {
    super('focus-held')
  }
}

/** 409: the stream is not stable by its rule. */
export class NotStable extends Conflict {
  constructor(met: number, needed: number) {
    super('focus-not-stable', { met, needed })
  }
}

/** 409: there are as many milestones as there may be. */
export class MilestonesFull extends Conflict {
  constructor(most: number) {
    super('milestones-full', { most })
  }
}
