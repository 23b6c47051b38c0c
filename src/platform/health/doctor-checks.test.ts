import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freePort } from '../../../test/support/free-port.ts'
import { startMailServer } from '../../../test/support/mail-server.ts'
import { locales } from '../../shared/locale.ts'
import { readConfig } from '../config.ts'
import { checkMailServer, checkReach, checkSender, type TextLookup } from './doctor-checks.ts'
import type { Finding } from './finding.ts'

const how = (found: readonly Finding[]) => found.map(({ check, state, what }) => `${check} ${state} ${what}`)
const mail = { SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'Salma <salma@store.example>' }

/** Name servers that know these texts and no others. */
function records(known: Readonly<Record<string, string>>): TextLookup {
  return (name) =>
    known[name] === undefined
      ? Promise.reject(Object.assign(new Error(name), { code: 'ENOTFOUND' }))
      : Promise.resolve([[known[name]]])
}

test('the records of the sender are found, and each that is missing is named', async () => {
  const all = {
    'store.example': 'v=spf1 include:mail.example -all',
    's1._domainkey.store.example': 'v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3',
    '_dmarc.store.example': 'v=DMARC1; p=quarantine',
  }
  const look = (env: Record<string, string>, known: TextLookup) =>
    checkSender({ config: readConfig({ ...mail, ...env }) }, known)
  expect(how(await look({}, records(all)))).toEqual(['sender good fine'])
  for (const [name, missing] of [
    ['store.example', 'SPF'],
    ['s1._domainkey.store.example', 'DKIM'],
    ['_dmarc.store.example', 'DMARC'],
  ] as const) {
    const { [name]: _left, ...others } = all as Record<string, string>
    expect(await look({}, records(others))).toMatchObject([{ what: 'records', values: { missing } }])
  }
  // A key that was withdrawn is empty; one under a name of the provider's own has to be named.
  const withdrawn = records({ ...all, 's1._domainkey.store.example': 'v=DKIM1; p=' })
  expect(how(await look({}, withdrawn))).toEqual(['sender poor records'])
  const own = records({ ...all, 'x27._domainkey.store.example': 'k=ed25519; p=11qYAYKxCrfVS' })
  expect(how(await look({ DKIM_SELECTOR: 'x27' }, own))).toEqual(['sender good fine'])
  expect(how(await look({ DKIM_SELECTOR: 'x28' }, own))).toEqual(['sender poor records'])
  const silent = () => Promise.reject(Object.assign(new Error('no'), { code: 'ETIMEOUT' }))
  expect(how(await look({}, silent))).toEqual(['sender poor unknown'])
})

test('a mail server is spoken to, and what it says is passed on', async () => {
  const server = await startMailServer()
  const ask = (SMTP_URL: string) => checkMailServer({ config: readConfig({ SMTP_URL }) })
  expect(how(await ask(server.url))).toEqual(['mail-server good fine'])
  server.close()
  const strict = await startMailServer({
    authOptional: false,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(new Error('Wrong password')),
  })
  const [refused] = await ask(strict.url.replace('//', '//salma:a-secret@'))
  expect(refused).toMatchObject({ state: 'bad', what: 'refused' })
  expect(JSON.stringify(refused)).toContain('Wrong password')
  expect(JSON.stringify(refused)).not.toContain('a-secret')
  strict.close()
  const [gone] = await ask(`smtp://127.0.0.1:${await freePort()}`)
  expect(gone).toMatchObject({
    state: 'bad',
    values: { reason: expect.stringContaining('ECONNREFUSED') as string },
  })
})

test('the public address is tried; another program there, or nobody, is told', async () => {
  let body = 'ok'
  const server = createServer((_request, response) => response.end(body))
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const look = (at = port) => checkReach({ config: readConfig({ PUBLIC_URL: `http://127.0.0.1:${at}` }) })
  expect(how(await look())).toEqual(['reach good fine'])
  body = '<html>Welcome to nginx!</html>'
  expect(how(await look())).toEqual(['reach poor other'])
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  expect(await look(await freePort())).toMatchObject([
    { what: 'away', values: { reason: expect.stringContaining('ECONNREFUSED') as string } },
  ])
})

type Texts = { health: Record<string, Record<string, string | { says?: string; do?: string }>> }

test.each(locales)(
  'whatever can be found has words in %s, and all but what is good says what to do',
  (locale) => {
    const file = join(import.meta.dirname, '../../../messages', locale, 'health.json')
    const { told: _mails, ...checks } = (JSON.parse(readFileSync(file, 'utf8')) as Texts).health
    for (const [check, { name, ...found }] of Object.entries(checks)) {
      expect(name, check).toEqual(expect.any(String))
      expect(found, check).toHaveProperty('unknown')
      for (const [what, said] of Object.entries(found)) {
        expect(said, `${check}.${what}`).toHaveProperty('says')
        if (what !== 'fine') expect(said, `${check}.${what}`).toHaveProperty('do')
      }
    }
  },
)
