import { Conflict, DomainError, Invalid } from '../../../platform/errors.ts'
import type { ImportState } from './schema.ts'

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
