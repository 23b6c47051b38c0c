/** Values that a problem's sentences quote; they are shown to people, so no secrets. */
export type ErrorFields = Readonly<Record<string, string | number>>

/** One invalid place of a payload: a JSON pointer and the catalogue key of the sentence about it. */
export type FieldError = { pointer: string; detail: string }

/**
 * Anything the caller did or met that is not a fault of the program. `slug` names the problem type: its title and
 * detail are `problems.<slug>.title` and `problems.<slug>.detail` in the catalogue, its page is /docs/problems#<slug>.
 */
export class DomainError extends Error {
  readonly slug: string
  readonly status: number
  readonly fields: ErrorFields
  readonly errors: readonly FieldError[]

  constructor(slug: string, status: number, fields: ErrorFields = {}, errors: readonly FieldError[] = []) {
    super(slug)
    this.name = 'DomainError'
    this.slug = slug
    this.status = status
    this.fields = fields
    this.errors = errors
  }
}

/** 404: there is no such thing, or the caller may not know that there is. */
export class NotFound extends DomainError {
  constructor() {
    super('not-found', 404)
  }
}

/** 401: the route wants a signed-in person or a token. */
export class NotSignedIn extends DomainError {
  constructor() {
    super('not-signed-in', 401)
  }
}

/** 403: the caller is known but has not this right. */
export class NotAllowed extends DomainError {
  constructor(right: string) {
    super('not-allowed', 403, { right })
  }
}

/** 422: the payload is well-formed but not acceptable; `errors` says where and why, in sentences of the catalogue. */
export class Invalid extends DomainError {
  constructor(errors: readonly FieldError[]) {
    super('validation', 422, {}, errors)
  }
}

/** 409: the thing has changed since the caller read it, or its state forbids the step. */
export class Conflict extends DomainError {
  constructor(slug = 'conflict', fields: ErrorFields = {}) {
    super(slug, 409, fields)
  }
}

/** Stops the program's current step: something that must hold does not. Answers 500 and is logged as an error. */
export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${what}`)
}
