import { queryOptions } from '@tanstack/react-query'
import type { SignedIn } from '../../modules/workspaces/schema.ts'
import type {
  Enrolment,
  Passkey,
  Security,
  SessionItem,
  Ways,
} from '../../modules/workspaces/sign-in-schema.ts'
import { request } from './client.ts'
import { answerPasskey, makePasskey } from './passkey.ts'

export type { Enrolment, Passkey, Security, SessionItem, SignedIn }

/** Which ways to sign in this server offers. */
export const waysQuery = queryOptions({
  queryKey: ['ways'],
  queryFn: () => request<Ways>('GET', '/auth/ways'),
  staleTime: 300_000,
})

/** How the person's account is secured. */
export const securityQuery = queryOptions({
  queryKey: ['security'],
  queryFn: () => request<Security>('GET', '/auth/security'),
})

/** Where the person is signed in. */
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: () => request<{ items: SessionItem[] }>('GET', '/auth/sessions'),
})

/** Gives the code that signing in wants. */
export function giveCode(code: string): Promise<SignedIn> {
  return request('POST', '/auth/second-step', { body: { code } })
}

type Challenge = { options: { challenge: string } }

/** Signs in with a passkey of this device. */
export async function signInWithPasskey(): Promise<SignedIn> {
  const { options } = await request<Challenge>('POST', '/auth/passkeys/challenge', {
    body: { for: 'sign-in' },
  })
  return request('POST', '/auth/passkeys/sign-in', { body: { response: await answerPasskey(options) } })
}

/** Asks for a link by mail. */
export function askForLink(kind: 'password-reset' | 'sign-in-link', email: string): Promise<void> {
  return request('POST', `/auth/${kind}`, { body: { email } })
}

/** Chooses a new password by a mailed link. */
export function resetPassword(token: string, newPassword: string): Promise<void> {
  return request('POST', '/auth/password-reset/use', { body: { token, newPassword } })
}

/** Signs in by a mailed link. */
export function signInByLink(token: string): Promise<SignedIn> {
  return request('POST', '/auth/sign-in-link/use', { body: { token } })
}

/** Proves an address by a mailed link. */
export function confirmEmail(token: string): Promise<{ email: string }> {
  return request('POST', '/auth/email/confirm', { body: { token } })
}

/** Asks for a link that proves the person's address. */
export function askToVerify(): Promise<void> {
  return request('POST', '/auth/email/verify')
}

/** Begins the move to another address. */
export function askToMove(email: string): Promise<void> {
  return request('POST', '/auth/email', { body: { email } })
}

/** Proves again who one is. */
export async function proveAgain(proof: { password: string } | { code: string } | 'passkey'): Promise<void> {
  if (proof !== 'passkey') return request('POST', '/auth/fresh', { body: proof })
  const { options } = await request<Challenge>('POST', '/auth/passkeys/challenge', { body: { for: 'fresh' } })
  return request('POST', '/auth/fresh', { body: { passkey: await answerPasskey(options) } })
}

/** Begins with a second factor. */
export function startSecondFactor(): Promise<Enrolment> {
  return request('POST', '/auth/second-factor')
}

/** Switches the second factor on, and brings its recovery codes. */
export function confirmSecondFactor(code: string): Promise<{ codes: string[] }> {
  return request('POST', '/auth/second-factor/confirm', { body: { code } })
}

/** Makes new recovery codes. */
export function renewCodes(): Promise<{ codes: string[] }> {
  return request('POST', '/auth/second-factor/recovery-codes')
}

/** Switches the second factor off. */
export function stopSecondFactor(): Promise<void> {
  return request('DELETE', '/auth/second-factor')
}

/** Makes a passkey on this device and keeps it under a name. */
export async function addPasskey(name: string): Promise<Passkey> {
  const { options } = await request<{ options: Parameters<typeof makePasskey>[0] }>(
    'POST',
    '/auth/passkeys/offer',
  )
  return request('POST', '/auth/passkeys', { body: { name, response: await makePasskey(options) } })
}

/** Gives a passkey another name. */
export function renamePasskey(id: string, name: string): Promise<void> {
  return request('PATCH', `/auth/passkeys/${id}`, { body: { name } })
}

/** Forgets a passkey. */
export function removePasskey(id: string): Promise<void> {
  return request('DELETE', `/auth/passkeys/${id}`)
}

/** Signs one browser out. */
export function endSession(id: string): Promise<void> {
  return request('DELETE', `/auth/sessions/${id}`)
}

/** Signs all other browsers out. */
export function endOtherSessions(): Promise<void> {
  return request('DELETE', '/auth/sessions')
}
