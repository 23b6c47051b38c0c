import type { Ctx } from '../../../platform/ctx.ts'
import type { Secrets } from '../../../platform/secrets.ts'

/** Encrypts as better-auth's second factor does, which reads what is written so. */
export async function seal({ secrets }: Ctx, data: string): Promise<string> {
  const { symmetricEncrypt } = await import('better-auth/crypto')
  return symmetricEncrypt({ key: keyOf(secrets), data })
}

/** Reads what `seal` wrote. */
export async function unseal({ secrets }: Ctx, data: string): Promise<string> {
  const { symmetricDecrypt } = await import('better-auth/crypto')
  return symmetricDecrypt({ key: keyOf(secrets), data })
}

/** The secret that better-auth is started with. */
function keyOf(secrets: Secrets): string {
  return secrets.key('sessions').toString('base64url')
}
