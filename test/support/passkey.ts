import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

/** A passkey in software: answers as a device would, and, where a test wants it, as none should. */
export type SoftPasskey = {
  id: string
  /** What a browser sends after making it. */
  register(challenge: string): Record<string, unknown>
  /** What a browser sends after asking it. */
  answer(challenge: string, wrong?: Wrong): Record<string, unknown>
}

type Wrong = { origin?: string; verified?: boolean; counter?: number }

const PRESENT = 0x01
const VERIFIED = 0x04
const HAS_KEY = 0x40

/** Makes a passkey for an origin. Source: Web Authentication level 3, sections 6.1 and 6.5.4, with the format `none`. */
export function softPasskey(origin: string): SoftPasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const credentialId = randomBytes(32)
  const id = credentialId.toString('base64url')
  const rpHash = createHash('sha256').update(new URL(origin).hostname).digest()
  let counter = 0
  const describe = (response: Record<string, string>) => ({
    id,
    rawId: id,
    type: 'public-key',
    clientExtensionResults: {},
    response,
  })
  return {
    id,
    register: (challenge) => {
      const data = Buffer.concat([
        rpHash,
        Buffer.from([PRESENT | VERIFIED | HAS_KEY]),
        Buffer.alloc(4),
        Buffer.alloc(16),
        Buffer.from([0, credentialId.length]),
        credentialId,
        coseKey(publicKey),
      ])
      // { fmt: 'none', attStmt: {}, authData }
      const attestation = Buffer.concat([
        Buffer.from([0xa3]),
        text('fmt'),
        text('none'),
        text('attStmt'),
        Buffer.from([0xa0]),
        text('authData'),
        bytes(data),
      ])
      return describe({
        clientDataJSON: clientData('webauthn.create', challenge, origin).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
      })
    },
    answer: (challenge, wrong = {}) => {
      counter = wrong.counter ?? counter + 1
      const counted = Buffer.alloc(4)
      counted.writeUInt32BE(counter)
      const flags = PRESENT | (wrong.verified === false ? 0 : VERIFIED)
      const data = Buffer.concat([rpHash, Buffer.from([flags]), counted])
      const client = clientData('webauthn.get', challenge, wrong.origin ?? origin)
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
      return describe({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, privateKey).toString('base64url'),
      })
    },
  }
}

function clientData(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
}

/** { 1: 2, 3: -7, -1: 1, -2: x, -3: y }. Source: RFC 9053, sections 2.1 and 7.1. */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    bytes(Buffer.from(x, 'base64url')),
    Buffer.from([0x22]),
    bytes(Buffer.from(y, 'base64url')),
  ])
}

// CBOR, RFC 8949, as far as it is needed: short texts, and byte strings of up to 65,535 bytes.
function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)])
}

function bytes(value: Buffer): Buffer {
  const head = value.length < 256 ? [0x58, value.length] : [0x59, value.length >> 8, value.length & 255]
  return Buffer.concat([Buffer.from(head), value])
}
