import { registerPaymentProvider } from '../../catalog/index.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { NotFound } from '../../../platform/errors.ts'
import type { PaymentProvider } from './port.ts'
import { testProvider } from './test/provider.ts'

const providers: readonly PaymentProvider[] = [testProvider]

const byName = new Map(providers.map((provider) => [provider.name, provider]))
for (const { name, test } of providers) registerPaymentProvider({ name, test })

/** The names of all payment providers, those that a store can offer. */
export const PROVIDER_NAMES: readonly string[] = providers.map(({ name }) => name)

/** The provider of that name. @throws NotFound */
export function getProvider(name: string): PaymentProvider {
  const provider = byName.get(name)
  if (provider === undefined) throw new NotFound()
  return provider
}

/** Whether a store that offers these providers can take no real money. */
export function takesOnlyTestPayments(names: readonly string[]): boolean {
  return names.every((name) => byName.get(name)?.test ?? true)
}

/** Where the forms of a checkout may lead that offers these providers; unknown ones are passed over. */
export function formOriginsOf(ctx: Ctx, names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => byName.get(name)?.formOrigins(ctx) ?? []))]
}
