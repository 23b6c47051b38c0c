import { beforeAll, describe, expect, test } from 'vitest'
import { softPasskey, type SoftPasskey } from '../../../test/support/passkey.ts'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { visitorsOf, type Visitor } from '../../../test/support/visitor.ts'
import { makeWorkspace, type TestPerson } from '../../../test/support/workspace.ts'

const origin = 'http://localhost:4010'

let services: TestServices
let visitor: ReturnType<typeof visitorsOf>

beforeAll(async () => {
  services = await testServices()
  visitor = visitorsOf(services)
})

type Options = { options: { challenge: string; allowCredentials?: { id: string }[] } }

async function signIn({ email, password }: TestPerson): Promise<Visitor> {
  const one = visitor()
  expect((await one.send('POST', '/auth/sign-in', { email, password })).status).toBe(200)
  return one
}

/** A person with a passkey, and the browser in which they are signed in. */
async function withPasskey(): Promise<{ person: TestPerson; one: Visitor; passkey: SoftPasskey }> {
  const { owner: person } = await makeWorkspace(services)
  const one = await signIn(person)
  const passkey = softPasskey(origin)
  const offer = await one.send<Options>('POST', '/auth/passkeys/offer')
  const response = passkey.register(offer.body.options.challenge)
  const added = await one.send('POST', '/auth/passkeys', { name: 'هاتفي', response })
  expect(added.status).toBe(201)
  return { person, one, passkey }
}

async function challenge(one: Visitor, use: 'sign-in' | 'fresh'): Promise<string> {
  const { body } = await one.send<Options>('POST', '/auth/passkeys/challenge', { for: use })
  return body.options.challenge
}

const enter = (one: Visitor, response: unknown) => one.send('POST', '/auth/passkeys/sign-in', { response })

describe('a passkey', () => {
  test('signs its person in, and an answer is good once, also at the same moment', async () => {
    const { person, passkey } = await withPasskey()
    const one = visitor()
    const answer = passkey.answer(await challenge(one, 'sign-in'))
    const both = await Promise.all([enter(one, answer), enter(visitor(), answer)])
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 401]))
    expect(both.find(({ status }) => status === 200)?.body).toEqual({
      userId: person.userId,
      secondStep: false,
    })
    expect((await enter(visitor(), answer)).slug).toBe('passkey-refused')
  })

  test('is refused with a challenge of another use, a changed one, or one of nobody', async () => {
    const { one, passkey } = await withPasskey()
    const good = await challenge(visitor(), 'sign-in')
    const offered = await one.send<Options>('POST', '/auth/passkeys/offer')
    const wrong = [
      await challenge(one, 'fresh'),
      offered.body.options.challenge,
      `${good.slice(0, -4)}AAAA`,
      Buffer.from('a challenge of my own').toString('base64url'),
      '',
    ]
    for (const bad of wrong)
      expect((await enter(visitor(), passkey.answer(bad))).slug).toBe('passkey-refused')
    expect((await enter(visitor(), passkey.answer(good))).status).toBe(200)
  })

  test('is refused from another origin, without a finger or PIN, and when it counts backwards', async () => {
    const { passkey } = await withPasskey()
    const ask = () => challenge(visitor(), 'sign-in')
    const wrong = [
      { origin: 'https://evil.example' },
      { origin: 'http://localhost:4011' },
      { verified: false },
    ]
    for (const one of wrong)
      expect((await enter(visitor(), passkey.answer(await ask(), one))).slug).toBe('passkey-refused')
    expect((await enter(visitor(), passkey.answer(await ask(), { counter: 50 }))).status).toBe(200)
    // A copy of the key that has not seen the last answers.
    expect((await enter(visitor(), passkey.answer(await ask(), { counter: 9 }))).slug).toBe('passkey-refused')
  })

  test('that is not known, or is another’s, opens nothing', async () => {
    const { passkey } = await withPasskey()
    const { one } = await withPasskey()
    const stranger = softPasskey(origin)
    expect((await enter(visitor(), stranger.answer(await challenge(visitor(), 'sign-in')))).slug).toBe(
      'passkey-refused',
    )
    // The name of one, the key of another.
    const forged = {
      ...stranger.answer(await challenge(visitor(), 'sign-in')),
      id: passkey.id,
      rawId: passkey.id,
    }
    expect((await enter(visitor(), forged)).slug).toBe('passkey-refused')
    // A passkey of somebody else does not prove who is there.
    const answer = passkey.answer(await challenge(one, 'fresh'))
    expect((await one.send('POST', '/auth/fresh', { passkey: answer })).slug).toBe('passkey-refused')
  })

  test('proves again who one is', async () => {
    const { one, passkey } = await withPasskey()
    const { body } = await one.send<Options>('POST', '/auth/passkeys/challenge', { for: 'fresh' })
    expect(body.options.allowCredentials?.map(({ id }) => id)).toEqual([passkey.id])
    const before = one.cookies.get('rafid-session')
    expect(
      (await one.send('POST', '/auth/fresh', { passkey: passkey.answer(body.options.challenge) })).status,
    ).toBe(204)
    expect(one.cookies.get('rafid-session')).not.toBe(before)
    expect((await visitor().send('POST', '/auth/passkeys/challenge', { for: 'fresh' })).status).toBe(401)
  })

  test('is renamed and removed by its person alone, and added once', async () => {
    const { one, passkey } = await withPasskey()
    const { one: other } = await withPasskey()
    const { body } = await one.send<{ passkeys: { id: string; name: string }[] }>('GET', '/auth/security')
    const id = body.passkeys[0]?.id ?? ''
    expect((await other.send('PATCH', `/auth/passkeys/${id}`, { name: 'x' })).status).toBe(404)
    expect((await other.send('DELETE', `/auth/passkeys/${id}`)).status).toBe(404)
    const offer = await other.send<Options>('POST', '/auth/passkeys/offer')
    const taken = passkey.register(offer.body.options.challenge)
    expect((await other.send('POST', '/auth/passkeys', { name: 'x', response: taken })).slug).toBe(
      'passkey-refused',
    )
    expect((await one.send('DELETE', `/auth/passkeys/${id}`)).status).toBe(204)
    expect((await enter(visitor(), passkey.answer(await challenge(visitor(), 'sign-in')))).slug).toBe(
      'passkey-refused',
    )
  })

  test('is for names with https or localhost; elsewhere there are none', async () => {
    const elsewhere = { ...services, config: { ...services.config, publicUrl: 'http://192.0.2.7:4010' } }
    const one = visitorsOf(elsewhere)()
    expect((await one.send('GET', '/auth/ways')).body).toMatchObject({ passkeys: false })
    expect((await one.send('POST', '/auth/passkeys/challenge', { for: 'sign-in' })).slug).toBe(
      'passkeys-unavailable',
    )
  })
})
