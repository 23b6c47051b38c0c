// The browser's WebAuthn interface in its JSON form, also for browsers that cannot do that themselves yet.

type Options = { challenge: string; allowCredentials?: { id: string }[] }
type MakingOptions = Options & {
  rp: { id: string; name: string }
  user: { id: string; name: string; displayName: string }
  excludeCredentials?: { id: string }[]
  pubKeyCredParams: { type: 'public-key'; alg: number }[]
}

/** A credential as the server reads it. */
type Credential = { id: string; rawId: string; type: string; [field: string]: unknown }

/** Whether this browser has passkeys at all. */
export function hasPasskeys(): boolean {
  return 'PublicKeyCredential' in window && window.isSecureContext
}

/** Whether the browser made or found nothing, or the person stopped it. */
export function isMissed(error: unknown): boolean {
  return error instanceof DOMException
}

/** Has the device make a passkey. @throws DOMException if it does not. */
export async function makePasskey(options: MakingOptions): Promise<Credential> {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytesOf(options.challenge),
      user: { ...options.user, id: bytesOf(options.user.id) },
      excludeCredentials: (options.excludeCredentials ?? []).map(({ id }) => ({
        type: 'public-key',
        id: bytesOf(id),
      })),
    },
  })
  if (!(made instanceof PublicKeyCredential) || !(made.response instanceof AuthenticatorAttestationResponse))
    throw missed()
  const { response } = made
  return describe(made, {
    attestationObject: textOf(response.attestationObject),
    transports: response.getTransports(),
  })
}

/** Has a passkey of this device answer a challenge. @throws DOMException if none does. */
export async function answerPasskey(options: Options): Promise<Credential> {
  const found = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytesOf(options.challenge),
      allowCredentials: (options.allowCredentials ?? []).map(({ id }) => ({
        type: 'public-key',
        id: bytesOf(id),
      })),
    },
  })
  if (!(found instanceof PublicKeyCredential) || !(found.response instanceof AuthenticatorAssertionResponse))
    throw missed()
  const { authenticatorData, signature, userHandle } = found.response
  return describe(found, {
    authenticatorData: textOf(authenticatorData),
    signature: textOf(signature),
    ...(userHandle === null ? {} : { userHandle: textOf(userHandle) }),
  })
}

function describe(credential: PublicKeyCredential, response: Record<string, unknown>): Credential {
  const { id, rawId, type } = credential
  return {
    id,
    rawId: textOf(rawId),
    type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { ...response, clientDataJSON: textOf(credential.response.clientDataJSON) },
  }
}

function missed(): DOMException {
  return new DOMException('no passkey', 'NotAllowedError')
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0))
}

function textOf(bytes: ArrayBuffer): string {
  const plain = btoa(String.fromCharCode(...new Uint8Array(bytes)))
  return plain.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
