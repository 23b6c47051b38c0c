import { Conflict, Invalid } from '../../platform/errors.ts'

/** 409: the workspace has as many endpoints as it may have. */
export class EndpointsFull extends Conflict {
  constructor(most: number) {
    super('webhook-endpoints-full', { most })
  }
}

/** 409: the endpoint is switched off, so nothing can be sent to it. */
export class EndpointStopped extends Conflict {
  constructor() {
    super('webhook-endpoint-stopped')
  }
}

/** 422: nothing may be sent to this URL; `detail` is the key of the sentence that says why. */
export class UrlRefused extends Invalid {
  constructor(detail: string) {
    super([{ pointer: '/url', detail }])
  }
}

/** 422: there is no event of this type. */
export class UnknownEventType extends Invalid {
  constructor(pointer: string) {
    super([{ pointer, detail: 'problems.field.event-type' }])
  }
}
