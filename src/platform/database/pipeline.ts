import pg from 'pg'

/** One statement: prepared under its name on each connection once, then run by it; with an empty name, each time anew. */
export type Statement = { name: string; text: string; values: readonly unknown[] }

/** What was slow: the statements that went together, without their values, and how long the answer took. */
export type SlowStatements = { texts: readonly string[]; ms: number }

const SLOW_MS = 500
let tellSlow: (slow: SlowStatements) => void = () => undefined

/** From now on `listener` is told of statements that took longer than half a second. */
export function onSlowStatements(listener: (slow: SlowStatements) => void): void {
  tellSlow = listener
}

/** Tells the listener of statements that took from `began`, a moment of performance.now(), until now, if that was long. */
export function noteDuration(texts: readonly string[], began: number): void {
  const ms = performance.now() - began
  if (ms > SLOW_MS) tellSlow({ texts, ms: Math.round(ms) })
}

type Row = Record<string, unknown>
type Field = { name: string; parse: (text: string) => unknown }
type Wire = Pick<pg.Connection, 'stream' | 'sync'> & {
  parse(message: { name: string; text: string; types: undefined }): void
  bind(message: { portal: string; statement: string; values: unknown[] }): void
  describe(message: { type: 'P'; name: string }): void
  execute(message: { portal: string; rows: undefined }): void
  close(message: { type: 'S'; name: string }): void
}

/** What a connection's server has prepared: the columns of each statement, or that it must be prepared again. */
type Known = Map<string, readonly Field[] | 'unsure'>

const known = new WeakMap<Wire, Known>()

// Its types do not name it, but pg turns the values of its own queries into what the server reads by this function.
const { prepareValue } = (pg as unknown as { utils: { prepareValue: (value: unknown) => unknown } }).utils

/**
 * Sends statements together and reads all answers: one round trip, however many they are. Outside a transaction they are
 * one by themselves, which commits if all succeed. After a failure the rest is not run.
 * @returns the rows of each statement, in order. @throws the first failure.
 */
export function runPipeline(client: pg.ClientBase, statements: readonly Statement[]): Promise<Row[][]> {
  return new Promise((resolve, reject) => {
    // pg takes any object with these functions as a query; its types know only its own.
    client.query(pipeline(statements, resolve, reject) as unknown as pg.Submittable)
  })
}

/** The query as pg drives it: `submit` writes, and each message of the server calls its function. */
function pipeline(
  statements: readonly Statement[],
  resolve: (results: Row[][]) => void,
  reject: (error: unknown) => void,
) {
  // Before the first byte is written: a value that cannot be sent must not leave half of the statements behind.
  const prepared = statements.map(({ values, ...one }) => ({ ...one, values: values.map(prepareValue) }))
  const results: Row[][] = statements.map(() => [])
  const columns: (readonly Field[] | undefined)[] = []
  let at = 0
  let wire: Wire | undefined
  let failure: unknown
  let began = 0
  const done = () => {
    const { name } = statements[at] ?? {}
    if (wire !== undefined && name !== undefined && name !== '') knownOf(wire).set(name, columns[at] ?? [])
    at += 1
  }
  return {
    submit(connection: Wire): void {
      wire = connection
      began = performance.now()
      const sent = new Set<string>()
      connection.stream.cork()
      for (const [nth, statement] of prepared.entries()) {
        columns[nth] = send(connection, statement, sent)
      }
      connection.sync()
      connection.stream.uncork()
    },
    handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }): void {
      columns[at] = fields.map(({ name, dataTypeID }) => ({ name, parse: parserOf(dataTypeID) }))
    },
    handleDataRow({ fields }: { fields: (string | null)[] }): void {
      try {
        results[at]?.push(readRow(columns[at] ?? [], fields))
      } catch (error) {
        failure ??= error
      }
    },
    handleCommandComplete({ text }: { text: string }): void {
      // The server answers ROLLBACK to a COMMIT of a transaction that had failed: that is no success.
      if (statements[at]?.text === 'COMMIT' && text !== 'COMMIT') {
        failure ??= new Error(`the transaction was not committed: the server answered ${text}`)
      }
      done()
    },
    handleEmptyQuery: done,
    handleError(error: unknown): void {
      // Whether the server kept the statement before it failed is not known: it is prepared again when it is next needed.
      const unsure = statements.slice(at)
      if (wire !== undefined)
        for (const { name } of unsure) if (name !== '') knownOf(wire).set(name, 'unsure')
      reject(error)
    },
    handleReadyForQuery(): void {
      noteDuration(
        statements.map(({ text }) => text),
        began,
      )
      if (failure === undefined) resolve(results)
      else reject(failure)
    },
  }
}

/** Writes one statement; the columns of its answer if they are known, which saves their description. */
function send(
  connection: Wire,
  { name, text, values }: Statement,
  sent: Set<string>,
): readonly Field[] | undefined {
  const state = knownOf(connection).get(name)
  const fields = state === 'unsure' ? undefined : state
  if (fields === undefined && (name === '' || !sent.has(name))) {
    if (state === 'unsure') connection.close({ type: 'S', name })
    connection.parse({ name, text, types: undefined })
    sent.add(name)
  }
  connection.bind({ portal: '', statement: name, values: [...values] })
  if (fields === undefined) connection.describe({ type: 'P', name: '' })
  connection.execute({ portal: '', rows: undefined })
  return fields
}

function parserOf(type: number): Field['parse'] {
  // Parsers of the text format take the text; what they give depends on the type.
  return pg.types.getTypeParser(type) as Field['parse']
}

function readRow(columns: readonly Field[], texts: readonly (string | null)[]): Row {
  const row: Row = {}
  for (const [at, { name, parse }] of columns.entries()) {
    const text = texts[at]
    row[name] = text === null || text === undefined ? null : parse(text)
  }
  return row
}

function knownOf(connection: Wire): Known {
  let own = known.get(connection)
  if (own === undefined) known.set(connection, (own = new Map()))
  return own
}
