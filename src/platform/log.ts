import {
  pino,
  stdSerializers,
  type DestinationStream,
  type LoggerOptions,
  type Logger as PinoLogger,
} from 'pino'

/** Structured log; one JSON object per line, never with personal data or secrets. */
export type Logger = PinoLogger

const STANDARD_OUTPUT = 1
/** What waits to be written while nothing can be, at most; older lines are then dropped. */
const WAITING_BYTES = 1024 * 1024

/** Where lines go: a file's number or path. A disk that is full costs lines, and never the process. */
export function openLogStream(dest: number | string): DestinationStream {
  const stream = pino.destination({ dest, sync: true, maxLength: WAITING_BYTES })
  stream.on('error', () => undefined)
  return stream
}

/** Makes the process-wide log. `level` is a pino level name; it goes to the standard output unless told otherwise. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError },
    redact: {
      paths: [
        'password',
        'token',
        'secret',
        'authorization',
        'cookie',
        'email',
        '*.password',
        '*.token',
        '*.secret',
        '*.email',
      ],
      censor: '…',
    },
  }
  return pino(options, destination ?? openLogStream(STANDARD_OUTPUT))
}

/** What a failed statement was given, and what the database says of rows: both hold addresses and hashes. */
const withValues = new Set(['params', 'detail', 'where', 'internalQuery'])

/** An error as the log keeps it: what failed and where, without the values that it failed on. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const described = Object.entries(stdSerializers.err(error)).filter(([name]) => !withValues.has(name))
  const quoted = quotedParams(error)
  const clean = (text: string) => quoted.reduce((left, params) => left.replaceAll(params, ''), text)
  return Object.fromEntries(
    described.map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' ? clean(value) : value,
    ]),
  )
}

/** How drizzle writes a statement's values into the words of an error, or of one that it was caused by. */
function quotedParams(error: Error): string[] {
  const params: unknown = 'params' in error ? error.params : undefined
  const own = Array.isArray(params) ? [`\nparams: ${String(params)}`] : []
  return error.cause instanceof Error ? [...own, ...quotedParams(error.cause)] : own
}
