import { pino, type Logger as PinoLogger } from 'pino'

/** Structured log; one JSON object per line, never with personal data or secrets. */
export type Logger = PinoLogger

/** Makes the process-wide log. `level` is a pino level name. */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
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
  })
}
