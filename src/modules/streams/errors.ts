import { Conflict, DomainError, Invalid } from '../../platform/errors.ts'

/** 409: the workspace has as many streams as it may have. */
export class StreamsFull extends Conflict {
  constructor(most: number) {
    super('streams-full', { most })
  }
}

/** 422: no stream of this workspace has this id. */
export class UnknownStream extends DomainError {
  constructor() {
    super('unknown-stream', 422)
  }
}

/** 409: the workspace's store is a stream already. */
export class StoreStreamExists extends Conflict {
  constructor() {
    super('store-stream-exists')
  }
}

/** 422: it would end before it begins. */
export class EndBeforeBeginning extends Invalid {
  constructor(pointer = '/endedOn') {
    super([{ pointer, detail: 'problems.field.end-before-beginning' }])
  }
}

/** 422: the day has not come yet. */
export class DayAhead extends Invalid {
  constructor(pointer: string) {
    super([{ pointer, detail: 'problems.field.day-ahead' }])
  }
}

/** 422: a person has no more than twenty-four hours a day. */
export class DayFull extends Invalid {
  constructor() {
    super([{ pointer: '/minutes', detail: 'problems.field.day-full' }])
  }
}

/** 409: the person has a clock running already. */
export class TimerRunning extends Conflict {
  constructor() {
    super('timer-running')
  }
}

/** 409: the clock has run so long that it was probably forgotten; the person says how long it was. */
export class TimerForgotten extends Conflict {
  constructor(hours: number) {
    super('timer-forgotten', { hours })
  }
}

/** 409: something like it comes again in the same time already; it may be meant, then it is said. */
export class RecurringOverlaps extends Conflict {
  constructor(count: number) {
    super('recurring-overlaps', { count })
  }
}

/** 409: the workspace has as many recurring entries as it may have. */
export class RecurringFull extends Conflict {
  constructor(most: number) {
    super('recurring-full', { most })
  }
}
