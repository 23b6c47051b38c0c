import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { joinSecretsFiles } from '../keyring.ts'
import { readSecrets, type Secrets } from '../secrets.ts'
import { close, isSealed, keyIdOf, open, replaceText, rewrap } from './envelope.ts'

const folder = mkdtempSync(join(tmpdir(), 'rafid-keys-'))
const text = 'whsec_سرّ'
const place = 'webhook-endpoint/1/2'
let nth = 0
let dataDir: string
let secrets: Secrets

beforeEach(() => {
  dataDir = join(folder, String(++nth), 'data')
  secrets = readSecrets(dataDir)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = () => join(dataDir, 'secrets.json')
const newest = () => secrets.keyring.ids().at(-1) ?? ''
const sealed = () => close(secrets.keyring, newest(), { place, text })
const unreadable = (fault: string): unknown => expect.objectContaining({ slug: 'secret-unreadable', fault })

describe('an envelope', () => {
  test('says nothing, is another one each time, and opens in its place alone', () => {
    const one = sealed()
    expect(isSealed(one)).toBe(true)
    expect(one).not.toContain('whsec')
    expect(Buffer.from(one.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('whsec')
    expect(sealed()).not.toBe(one)
    expect(open(secrets.keyring, place, one)).toBe(text)
    expect(() => open(secrets.keyring, 'webhook-endpoint/1/3', one)).toThrow(unreadable('changed'))
    expect(() => open(secrets.keyring, place, text)).toThrow(unreadable('changed'))
  })

  test('is refused whichever of its bytes is changed', () => {
    const one = sealed()
    const [form, keyId, body = ''] = one.split('.')
    const bytes = Buffer.from(body, 'base64url')
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8((bytes[at] ?? 0) ^ 1, at)
      const text_ = [form, keyId, changed.toString('base64url')].join('.')
      expect(() => open(secrets.keyring, place, text_)).toThrow(unreadable('changed'))
    }
    const cut = [form, keyId, bytes.subarray(0, 70).toString('base64url')].join('.')
    expect(() => open(secrets.keyring, place, cut)).toThrow(unreadable('changed'))
  })

  test('cannot take the data key of another place', () => {
    const parts = (one: string) => Buffer.from(one.split('.')[2] ?? '', 'base64url')
    const theirs = close(secrets.keyring, newest(), { place: 'webhook-endpoint/9/9', text: 'theirs' })
    const mixed = Buffer.concat([parts(sealed()).subarray(0, 60), parts(theirs).subarray(60)])
    const forged = `v2.${newest()}.${mixed.toString('base64url')}`
    expect(() => open(secrets.keyring, place, forged)).toThrow(unreadable('changed'))
  })

  test('goes under another key without its text being touched, and takes another text without its key', () => {
    const before = sealed()
    const keyId = secrets.keyring.add()
    const after = rewrap(secrets.keyring, keyId, { place, sealed: before })
    expect(keyIdOf(after)).toBe(keyId)
    expect(open(secrets.keyring, place, after)).toBe(text)
    const hidden = (one: string) => Buffer.from(one.split('.')[2] ?? '', 'base64url').subarray(60)
    expect(hidden(after).equals(hidden(before))).toBe(true)
    const other = replaceText(secrets.keyring, place, { sealed: before, text: 'other' })
    expect([keyIdOf(other), open(secrets.keyring, place, other)]).toEqual([keyIdOf(before), 'other'])
    secrets.keyring.keep(new Set([keyId]))
    expect(() => open(secrets.keyring, place, before)).toThrow(unreadable('no-key'))
    expect(open(secrets.keyring, place, after)).toBe(text)
  })
})

describe('the secrets file', () => {
  test('is readable by its owner alone, in a folder of its owner, before and after keys are changed', () => {
    const modes = () => [statSync(file()).mode & 0o777, statSync(dataDir).mode & 0o777]
    expect(modes()).toEqual([0o600, process.getuid?.() === 0 ? 0o711 : 0o700])
    secrets.keyring.add()
    secrets.keyring.keep(new Set([newest()]))
    expect(modes()).toEqual([0o600, process.getuid?.() === 0 ? 0o711 : 0o700])
  })

  test('is read again by a process that meets a key which another one has made', () => {
    const other = readSecrets(dataDir)
    const keyId = secrets.keyring.add()
    const one = close(secrets.keyring, keyId, { place, text })
    expect(open(other.keyring, place, one)).toBe(text)
    expect(other.key('sessions').equals(secrets.key('sessions'))).toBe(true)
  })

  test('of before, with no key in it, has the same one for all who share it, and keeps it until it is rotated away', () => {
    const { root } = JSON.parse(readFileSync(file(), 'utf8')) as { root: string }
    writeFileSync(file(), JSON.stringify({ root }))
    secrets = readSecrets(dataDir)
    const before = sealed()
    expect(open(readSecrets(dataDir).keyring, place, before)).toBe(text)
    const keyId = secrets.keyring.add()
    expect(open(readSecrets(dataDir).keyring, place, before)).toBe(text)
    secrets.keyring.keep(new Set([keyId]))
    expect(() => open(readSecrets(dataDir).keyring, place, before)).toThrow(unreadable('no-key'))
  })

  test('that is gone takes no known key along', () => {
    const one = sealed()
    rmSync(file())
    expect(open(secrets.keyring, place, one)).toBe(text)
    expect(secrets.keyring.find('f'.repeat(16))).toBeUndefined()
  })

  test('of before and after a rotation are one that opens what was written in between', () => {
    const [before, older] = [readFileSync(file(), 'utf8'), sealed()]
    const keyId = secrets.keyring.add()
    secrets.keyring.keep(new Set([keyId]))
    const joined = joinSecretsFiles(before, readFileSync(file(), 'utf8'))
    writeFileSync(file(), joined)
    secrets = readSecrets(dataDir)
    expect(open(secrets.keyring, place, older)).toBe(text)
    expect(newest()).toBe(keyId)
    expect(joinSecretsFiles(joined, joined)).toBe(joined)
  })
})
