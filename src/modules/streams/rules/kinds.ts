/** What a stream can be. A salary is there to compare with: it is never added to what the streams earn together. */
export const STREAM_KINDS = [
  'product',
  'store',
  'service',
  'micro-tasks',
  'channel',
  'affiliate',
  'dividends',
  'p2p-loans',
  'staking',
  'domain-lease',
  'site-lease',
  'dropshipping',
  'platform',
  'salary',
  'other',
] as const

/** What a cost was for. */
export const COST_KINDS = ['other', 'fees', 'advertising', 'tools', 'contractors', 'goods'] as const

type Kind = (typeof STREAM_KINDS)[number]
type Cost = (typeof COST_KINDS)[number]

/** The account of the standard chart under which a stream's own account of income stands. */
const INCOME_ACCOUNT: Readonly<Record<Kind, string>> = {
  product: '4000',
  store: '4000',
  service: '4100',
  'micro-tasks': '4200',
  channel: '4400',
  affiliate: '4400',
  dividends: '4600',
  'p2p-loans': '4600',
  staking: '4700',
  'domain-lease': '4500',
  'site-lease': '4500',
  dropshipping: '4000',
  platform: '4000',
  salary: '4850',
  other: '4800',
}

const COST_ACCOUNT: Readonly<Record<Cost, string>> = {
  other: '5800',
  fees: '5200',
  advertising: '5400',
  tools: '5500',
  contractors: '5600',
  goods: '5000',
}

/** Where money of streams is unless it is said: in accounts that this server does not keep. */
export const HELD_ELSEWHERE = '1180'

/** The stream's own account for income, or for a kind of cost: `4100.5f0c21aa93de`. */
export function accountOf(stream: { id: string; kind: Kind }, of: 'income' | Cost): string {
  const above = of === 'income' ? INCOME_ACCOUNT[stream.kind] : COST_ACCOUNT[of]
  return `${above}.${stream.id.slice(-12)}`
}

/** Whether it is only compared with: it counts neither among the streams' income nor among their costs. */
export function isCompared(kind: Kind): boolean {
  return kind === 'salary'
}
