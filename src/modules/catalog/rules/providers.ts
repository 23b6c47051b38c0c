/** What the catalogue has to know of a payment provider; the rest is in checkout/providers. */
export type PaymentProviderFact = { readonly name: string; readonly test: boolean }

const providers = new Map<string, PaymentProviderFact>()

/** Makes a provider known to the catalogue; checkout/providers calls it once for each that it lists. */
export function registerPaymentProvider(provider: PaymentProviderFact): void {
  providers.set(provider.name, provider)
}

/**
 * What speaks against a store that offers these providers: one that is `unknown`, or pretend payments beside real ones
 * (`mixed`), since buyers would be told that no money is taken, or could take for money what gave the store none.
 */
export function faultOfProviders(names: readonly string[]): 'unknown' | 'mixed' | undefined {
  const found = names.map((name) => providers.get(name))
  if (found.includes(undefined)) return 'unknown'
  return new Set(found.map((provider) => provider?.test)).size > 1 ? 'mixed' : undefined
}
