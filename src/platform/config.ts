import { resolve } from 'node:path'
import { z } from 'zod'
import { OperatorError } from './operator-error.ts'

/** A setting that cannot be used; its message is one sentence that names it. */
export class ConfigError extends OperatorError {}

/** S3-compatible storage for files. */
export type S3Config = {
  endpoint: string | undefined
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  forcePathStyle: boolean
}

/** Where requests may go whose address somebody has typed in: webhooks. */
export type OutgoingConfig = {
  /** Whether to the loopback and to private networks, too; off unless both ends are the operator's own. */
  privateNetworks: boolean
  ports: readonly number[] | 'any'
}

/** Backups that the server makes by itself. */
export type BackupConfig = {
  /** A folder, or `s3://bucket/folder`. */
  to: string
  everyHours: number
  /** How many are kept; older ones are removed. */
  keep: number
  passphrase: string | undefined
  passphraseFile: string | undefined
}

/** All settings of the process, checked. */
export type Config = {
  /** Where to listen: HOST; without it on this machine alone until PUBLIC_URL says where the public comes in. */
  readonly host: string
  readonly port: number
  /** Where the public reaches the server, without a trailing slash; from HOST and PORT unless PUBLIC_URL is set. */
  readonly publicUrl: string
  /** Absolute path of everything that the server keeps. */
  readonly dataDir: string
  /** The external database, or undefined for the embedded one. */
  readonly databaseUrl: string | undefined
  /** The login that owns the external database, where it is another than that of DATABASE_URL. */
  readonly databaseOwnerUrl: string | undefined
  /** A copy of the external database, to read reports from. */
  readonly databaseReplicaUrl: string | undefined
  readonly smtpUrl: string | undefined
  readonly mailFrom: string | undefined
  /** Under which name the sender's domain keeps the key of its signatures, where the doctor does not find it by itself. */
  readonly dkimSelector: string | undefined
  readonly s3: S3Config | undefined
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  /** Whether to believe X-Forwarded-For and X-Forwarded-Proto: only behind a proxy of one's own. */
  readonly trustProxy: boolean
  /** Whether requests are counted and limited; off only for measuring. */
  readonly rateLimits: boolean
  readonly outgoing: OutgoingConfig
  /** Scheduled backups; undefined unless switched on. */
  readonly backup: BackupConfig | undefined
  /** Who is told about trouble by mail; the first owner's address unless set. */
  readonly operatorEmail: string | undefined
  /** What a monitor that asks from elsewhere shows; without one, figures are told to this machine alone. */
  readonly metricsToken: string | undefined
  /** Whether statements are prepared by name: not through a pooler that gives each transaction another connection. */
  readonly preparedStatements: boolean
}

const EXPECTED = {
  HOST: 'an address or host name to listen on, such as 0.0.0.0',
  PORT: 'a whole number from 0 to 65535',
  PUBLIC_URL: 'an address without a path that starts with http:// or https://, such as https://store.example',
  DATA_DIR: 'the path of a folder',
  DATABASE_URL: 'an address that starts with postgres:// or postgresql://',
  DATABASE_OWNER_URL: 'an address that starts with postgres:// or postgresql://',
  DATABASE_REPLICA_URL: 'an address that starts with postgres:// or postgresql://, beside DATABASE_URL',
  SMTP_URL: 'an address that starts with smtp:// or smtps://, such as smtp://user:password@mail.example:587',
  MAIL_FROM: 'an e-mail address, or a name and an address in angle brackets',
  DKIM_SELECTOR: 'the name of a DKIM key, such as mail2024',
  S3_ENDPOINT: 'an address that starts with http:// or https://',
  S3_BUCKET: 'the name of a bucket',
  S3_REGION: 'a region, such as us-east-1',
  S3_ACCESS_KEY_ID: 'an access key id',
  S3_SECRET_ACCESS_KEY: 'a secret access key',
  S3_FORCE_PATH_STYLE: 'true or false',
  LOG_LEVEL: 'fatal, error, warn, info, debug, trace or silent',
  TRUST_PROXY: 'true or false',
  RATE_LIMITS: 'on or off',
  OUTGOING_PRIVATE_NETWORKS: 'allow or refuse',
  BACKUP_TO: 'a folder, or an address such as s3://bucket/folder',
  BACKUP_EVERY_HOURS: 'a whole number of hours from 1 to 720',
  BACKUP_KEEP: 'a whole number from 1 to 10000',
  BACKUP_PASSPHRASE: 'a passphrase of at least 8 letters',
  BACKUP_PASSPHRASE_FILE: 'the path of a file whose first line is the passphrase',
  OPERATOR_EMAIL: 'an e-mail address',
  METRICS_TOKEN: 'at least 16 letters and digits',
  DATABASE_PREPARED: 'on or off',
  OUTGOING_PORTS: 'any, or ports separated by commas, such as 80,443,8443',
} as const

/** The names of all settings. */
export const SETTINGS: readonly string[] = Object.keys(EXPECTED)

/** Without a public address every link leads to localhost: then nobody else has business here. */
const LOOPBACK = '127.0.0.1'
const EVERYWHERE = '0.0.0.0'

const url = (...protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol))

/** Pages and links stand at the root of their host. */
function isOrigin(value: string): boolean {
  const url = URL.parse(value)
  if (url === null) return false
  const { pathname, search, hash, username } = url
  return pathname === '/' && search === '' && hash === '' && username === ''
}

const wholeNumber = (least: number, most: number, usual: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .default(usual)

const settings = z.object({
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/)
    .optional(),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.number().max(65535))
    .default(4010),
  PUBLIC_URL: url('http:', 'https:').refine(isOrigin).optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  DATABASE_OWNER_URL: url('postgres:', 'postgresql:').optional(),
  DATABASE_REPLICA_URL: url('postgres:', 'postgresql:').optional(),
  SMTP_URL: url('smtp:', 'smtps:').optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^<>\r\n]*<?[^\s<>@]+@[^\s<>@]+>?$/)
    .optional(),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[\w-]+(\.[\w-]+)*$/)
    .optional(),
  S3_ENDPOINT: url('http:', 'https:').optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
    .optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  S3_FORCE_PATH_STYLE: z.enum(['true', 'false']).default('false'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  TRUST_PROXY: z.enum(['true', 'false']).default('false'),
  RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  BACKUP_TO: z.string().min(1).optional(),
  BACKUP_EVERY_HOURS: wholeNumber(1, 720, 24),
  BACKUP_KEEP: wholeNumber(1, 10_000, 14),
  BACKUP_PASSPHRASE: z.string().min(8).optional(),
  BACKUP_PASSPHRASE_FILE: z.string().min(1).optional(),
  OPERATOR_EMAIL: z.email().optional(),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\w-]{16,}$/)
    .optional(),
  DATABASE_PREPARED: z.enum(['on', 'off']).default('on'),
  OUTGOING_PRIVATE_NETWORKS: z.enum(['allow', 'refuse']).default('refuse'),
  OUTGOING_PORTS: z
    .string()
    .regex(/^(any|\d{1,5}(,\d{1,5})*)$/)
    .default('80,443,8080,8443')
    .transform((list) => (list === 'any' ? list : list.split(',').map(Number))),
})

type Settings = z.infer<typeof settings>

/**
 * Reads the settings from the environment; an empty value counts as not set. None is required.
 * @throws ConfigError with one sentence that names the first wrong setting.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name in EXPECTED && value !== ''),
  )
  const parsed = settings.safeParse(given)
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0])
    const expected = EXPECTED[name as keyof typeof EXPECTED]
    throw new ConfigError(`${name} is ${quote(name, given[name])}, but must be ${expected}.`)
  }
  const values = parsed.data
  return {
    host: values.HOST ?? (values.PUBLIC_URL === undefined ? LOOPBACK : EVERYWHERE),
    port: values.PORT,
    publicUrl: (values.PUBLIC_URL ?? `http://localhost:${values.PORT}`).replace(/\/+$/, ''),
    dataDir: resolve(values.DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    databaseOwnerUrl: ownerUrl(values),
    databaseReplicaUrl: replicaUrl(values),
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM,
    dkimSelector: values.DKIM_SELECTOR,
    s3: readS3(values),
    logLevel: values.LOG_LEVEL,
    trustProxy: values.TRUST_PROXY === 'true',
    rateLimits: values.RATE_LIMITS === 'on',
    backup: readBackup(values),
    operatorEmail: values.OPERATOR_EMAIL,
    metricsToken: values.METRICS_TOKEN,
    preparedStatements: values.DATABASE_PREPARED === 'on',
    outgoing: {
      privateNetworks: values.OUTGOING_PRIVATE_NETWORKS === 'allow',
      ports: values.OUTGOING_PORTS === 'any' ? 'any' : values.OUTGOING_PORTS,
    },
  }
}

function ownerUrl(values: Settings): string | undefined {
  if (values.DATABASE_OWNER_URL !== undefined && values.DATABASE_URL === undefined) {
    throw new ConfigError('DATABASE_OWNER_URL is set, but DATABASE_URL is not; set both or neither.')
  }
  return values.DATABASE_OWNER_URL
}

function replicaUrl(values: Settings): string | undefined {
  if (values.DATABASE_REPLICA_URL !== undefined && values.DATABASE_URL === undefined) {
    throw new ConfigError(
      'DATABASE_REPLICA_URL is set, but DATABASE_URL is not: there is no copy of the embedded database.',
    )
  }
  return values.DATABASE_REPLICA_URL
}

function readS3(values: Settings): S3Config | undefined {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = values
  const named = { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey }
  const missing = Object.entries(named).filter(([, value]) => value === undefined)
  if (missing.length === 3 && values.S3_ENDPOINT === undefined) return undefined
  if (bucket === undefined || accessKeyId === undefined || secretAccessKey === undefined) {
    throw new ConfigError(
      `${missing[0]?.[0] ?? 'S3_BUCKET'} is not set, but other S3 settings are; set all of them or none.`,
    )
  }
  return {
    endpoint: values.S3_ENDPOINT,
    bucket,
    region: values.S3_REGION,
    accessKeyId,
    secretAccessKey,
    forcePathStyle: values.S3_FORCE_PATH_STYLE === 'true',
  }
}

function readBackup(values: Settings): BackupConfig | undefined {
  if (values.BACKUP_TO === undefined) return undefined
  if (values.BACKUP_TO.startsWith('s3://') && readS3(values) === undefined)
    throw new ConfigError(
      'BACKUP_TO is in S3 storage, but S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY are not set.',
    )
  return {
    to: values.BACKUP_TO,
    everyHours: values.BACKUP_EVERY_HOURS,
    keep: values.BACKUP_KEEP,
    passphrase: values.BACKUP_PASSPHRASE,
    passphraseFile: values.BACKUP_PASSPHRASE_FILE,
  }
}

/** Values that may hold a password are not repeated. */
function quote(name: string, value: string | undefined): string {
  return /URL|KEY|SECRET|PASSPHRASE|TOKEN/.test(name) && name !== 'PUBLIC_URL'
    ? 'not usable'
    : JSON.stringify(value)
}
