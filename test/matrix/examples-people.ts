import type { Example } from './examples.ts'
import type { House } from './house.ts'

const PASSWORD = 'turquoise kettle ploughs'
const CREDENTIAL = {
  id: 'bWFkZS11cA',
  rawId: 'bWFkZS11cA',
  type: 'public-key',
  response: {},
  clientExtensionResults: {},
}

/** Sign-in, members and invitations. What only a mail, a phone or a passkey can know is made up, and refused as such. */
export const PEOPLE: Readonly<Record<string, (house: House) => Example>> = {
  'POST /auth/sign-in': (house) => ({ body: { email: house.owner.email, password: PASSWORD } }),
  'POST /auth/second-step': () => ({ body: { code: '123456' }, status: 401 }),
  'POST /auth/sign-out': () => ({ last: true }),
  'POST /auth/password': () => ({
    body: { currentPassword: PASSWORD, newPassword: 'seven lanterns by the river' },
    last: true,
  }),
  'POST /auth/password-reset': (house) => ({ body: { email: house.owner.email } }),
  'POST /auth/password-reset/use': () => ({
    body: { token: 'made-up', newPassword: 'seven lanterns by the river' },
    status: 403,
  }),
  'POST /auth/sign-in-link': (house) => ({ body: { email: house.owner.email } }),
  'POST /auth/sign-in-link/use': () => ({ body: { token: 'made-up' }, status: 403 }),
  'POST /auth/email': () => ({ body: { email: 'elsewhere@example.com' } }),
  'POST /auth/email/confirm': () => ({ body: { token: 'made-up' }, status: 403 }),
  'POST /auth/passkeys/challenge': () => ({ body: { for: 'sign-in' } }),
  'POST /auth/passkeys/sign-in': () => ({ body: { response: CREDENTIAL }, status: 401 }),
  'POST /auth/passkeys': () => ({ body: { name: 'Phone', response: CREDENTIAL }, status: 401 }),
  // Nobody here has a passkey.
  'PATCH /auth/passkeys/{id}': () => ({ body: { name: 'Tablet' }, status: 404 }),
  'DELETE /auth/passkeys/{id}': () => ({ status: 404 }),
  'DELETE /auth/sessions': () => ({ last: true }),
  'POST /auth/fresh': () => ({ body: { password: PASSWORD } }),
  'DELETE /auth/second-factor': () => ({ status: 409 }),
  'POST /auth/second-factor/confirm': () => ({ body: { code: '123456' }, status: 401 }),
  'POST /auth/second-factor/recovery-codes': () => ({ status: 409 }),
  'PATCH /members/{userId}': () => ({ body: { role: 'support' } }),
  'DELETE /members/{userId}': () => ({ last: true }),
  // The only owner, who comes first, cannot leave.
  'POST /members/leave': () => ({ status: 409, last: true }),
  // Nor can they close their account.
  'DELETE /me': () => ({ status: 409, last: true }),
  'POST /ownership-offers': (house) => ({ body: { userId: house.users.admin, shared: true } }),
  // Nobody offered it to the one who asks first.
  'POST /ownership-offers/{userId}/accept': () => ({ status: 404 }),
  'POST /audit-events/export/{format}': () => ({ params: { format: 'csv' } }),
  'POST /invitations': () => ({ body: { email: `new-${crypto.randomUUID()}@example.com`, role: 'editor' } }),
  'DELETE /invitations/{id}': () => ({ last: true }),
  'POST /invitations/open': () => ({ body: { key: 'made-up' }, status: 410 }),
  'POST /invitations/accept': () => ({ body: { key: 'made-up' }, status: 410 }),
  'POST /invitations/join': () => ({
    body: { key: 'made-up', name: 'ليان', password: PASSWORD, locale: 'ar' },
    status: 410,
  }),
}

/** Webhooks out. */
export const WEBHOOKS: Readonly<Record<string, (house: House) => Example>> = {
  'POST /webhook-endpoints': () => ({ body: { url: 'https://hooks.example.com/rafid' } }),
  'PATCH /webhook-endpoints/{id}': () => ({ body: { description: 'Accounting' } }),
  'DELETE /webhook-endpoints/{id}': () => ({ last: true }),
  'POST /webhook-endpoints/{id}/replay-failed': () => ({ body: { since: '2026-01-01T00:00:00Z' } }),
  'POST /webhook-endpoints/{id}/test': () => ({ body: {} }),
}
