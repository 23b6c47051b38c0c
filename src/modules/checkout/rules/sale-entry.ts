/** One side of a journal entry: signed minor units, debits positive, and the stream that earned it. */
export type SalePosting = {
  account: string
  currency: string
  amountMinor: bigint
  stream?: { kind: 'product'; id: string }
}

/** The accounts that sales move. */
export const ACCOUNTS = {
  /** What a payment provider holds for the store, one sub-account per provider. */
  clearing: (provider: string) => `1150.${provider}`,
  /** Payments that became no sale and are on their way back. */
  returnable: '2300',
  tax: '2200',
  sales: '4000',
} as const

/** A part of a line: what it is of the sale and of the tax. */
export type SaleShare = { productId: string; netMinor: bigint; taxMinor: bigint }

/** The postings of a sale: the provider owes the gross, each line's net is its product's income, the tax is owed. */
export function salePostings(
  provider: string,
  currency: string,
  shares: readonly SaleShare[],
): SalePosting[] {
  const net = sum(shares.map(({ netMinor }) => netMinor))
  const tax = sum(shares.map(({ taxMinor }) => taxMinor))
  return [
    { account: ACCOUNTS.clearing(provider), currency, amountMinor: net + tax },
    ...shares.map(({ productId, netMinor }) => ({
      account: ACCOUNTS.sales,
      currency,
      amountMinor: -netMinor,
      stream: { kind: 'product' as const, id: productId },
    })),
    { account: ACCOUNTS.tax, currency, amountMinor: -tax },
  ].filter(({ amountMinor }) => amountMinor !== 0n)
}

/** The postings of a refund: those of a sale of the same shares, mirrored. */
export function refundPostings(
  provider: string,
  currency: string,
  shares: readonly SaleShare[],
): SalePosting[] {
  return salePostings(provider, currency, shares).map((posting) => ({
    ...posting,
    amountMinor: -posting.amountMinor,
  }))
}

/** The postings of a payment that became no sale: the provider holds it, and it is owed to the buyer. */
export function surplusPostings(provider: string, currency: string, amountMinor: bigint): SalePosting[] {
  return [
    { account: ACCOUNTS.clearing(provider), currency, amountMinor },
    { account: ACCOUNTS.returnable, currency, amountMinor: -amountMinor },
  ]
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}
