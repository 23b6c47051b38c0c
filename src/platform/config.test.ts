import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

test('nothing has to be set', () => {
  expect(readConfig({})).toMatchObject({ databaseUrl: undefined, smtpUrl: undefined, s3: undefined })
  expect(readConfig({}).port).toBeLessThan(32_768)
  expect(readConfig({ PORT: '', PUBLIC_URL: '' })).toEqual(readConfig({}))
})

test('the public address follows the port, without a slash at its end', () => {
  expect(readConfig({ PORT: '5000' }).publicUrl).toBe('http://localhost:5000')
  expect(readConfig({ PUBLIC_URL: 'https://store.example/' }).publicUrl).toBe('https://store.example')
})

test('it listens to this machine alone until a public address or a host is set', () => {
  expect(readConfig({}).host).toBe('127.0.0.1')
  expect(readConfig({ PUBLIC_URL: 'https://store.example' }).host).toBe('0.0.0.0')
  expect(readConfig({ HOST: '::' }).host).toBe('::')
  expect(readConfig({ HOST: '10.0.0.7', PUBLIC_URL: 'https://store.example' }).host).toBe('10.0.0.7')
})

test.each([
  ['PORT', '70000'],
  ['PORT', '80a'],
  ['PORT', '-1'],
  ['HOST', 'my host'],
  ['PUBLIC_URL', 'store.example'],
  ['PUBLIC_URL', 'ftp://store.example'],
  ['DATABASE_URL', 'mysql://u:secret-word@db/rafid'],
  ['DATABASE_OWNER_URL', 'db'],
  ['SMTP_URL', 'http://u:secret-word@mail.example'],
  ['MAIL_FROM', 'nobody'],
  ['S3_ENDPOINT', 'minio:9000'],
  ['S3_BUCKET', 'Not A Bucket'],
  ['S3_FORCE_PATH_STYLE', 'yes'],
  ['LOG_LEVEL', 'loud'],
  ['TRUST_PROXY', '1'],
  ['RATE_LIMITS', 'none'],
  ['OUTGOING_PRIVATE_NETWORKS', 'true'],
  ['OUTGOING_PORTS', '80;443'],
])('%s = %s is refused in one sentence that names it and shows no password', (name, value) => {
  const refused = (): unknown => readConfig({ [name]: value })
  expect(refused).toThrow(ConfigError)
  expect(refused).toThrow(new RegExp(`^${name} is [^\\n]+, but must be [^\\n]+\\.$`))
  expect(refused).not.toThrow(/secret-word/)
})

test('storage on S3 is set wholly or not at all', () => {
  const whole = { S3_BUCKET: 'files', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'key' }
  expect(readConfig(whole).s3?.bucket).toBe('files')
  for (const name of Object.keys(whole)) {
    expect(() => readConfig({ ...whole, [name]: '' })).toThrow(new RegExp(`^${name} is not set, but other`))
  }
})

test('an owner needs a database', () => {
  expect(() => readConfig({ DATABASE_OWNER_URL: 'postgres://db/rafid' })).toThrow(
    /^DATABASE_OWNER_URL is set, but/,
  )
})

test('requests to addresses that somebody types in stay out of private networks unless the operator opens them', () => {
  expect(readConfig({}).outgoing).toEqual({ privateNetworks: false, ports: [80, 443, 8080, 8443] })
  const opened = readConfig({ OUTGOING_PRIVATE_NETWORKS: 'allow', OUTGOING_PORTS: '443,9000' })
  expect(opened.outgoing).toEqual({ privateNetworks: true, ports: [443, 9000] })
  expect(readConfig({ OUTGOING_PORTS: 'any' }).outgoing.ports).toBe('any')
})
