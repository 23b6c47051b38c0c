import { Conflict, DomainError, Invalid } from '../../platform/errors.ts'
import type { ImportState } from './imports/schema.ts'

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

/** 413: the file is larger than any statement that is taken. */
export class ImportTooLarge extends DomainError {
  constructor(mostMegabytes: number) {
    super('import-too-large', 413, { mostMegabytes })
  }
}

/** 422: there is no text in the file: a workbook, a PDF, a picture. */
export class ImportNotText extends DomainError {
  constructor() {
    super('import-not-text', 422)
  }
}

/** 422: there is nothing in the file. */
export class ImportEmpty extends DomainError {
  constructor() {
    super('import-empty', 422)
  }
}

/** 409: what was asked for does not fit how far the import is. */
export class ImportNotThere extends Conflict {
  constructor(state: ImportState) {
    super('import-not-there', { state })
  }
}

/** 409: some rows cannot be taken, and nobody has said that they may be left out. */
export class ImportHasProblems extends Conflict {
  constructor(count: number) {
    super('import-has-problems', { count })
  }
}

/** 409: the workspace has as many files waiting as it may have. */
export class TooManyImports extends Conflict {
  constructor(most: number) {
    super('too-many-imports', { most })
  }
}

/** 422: the columns that are named are not enough to read a row by. */
export class MappingIncomplete extends Invalid {
  constructor(pointer: string, detail: string) {
    super([{ pointer, detail }])
  }
}
