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
