import type { Account } from '../../api/ledger.ts'

/** The accounts of one code, a row per currency, and the accounts below it: `1150` above `1150.test`. */
export type AccountNode = {
  code: string
  name: { ar: string; en: string }
  accounts: Account[]
  children: AccountNode[]
}

/** The kinds of accounts in the order of an accountant's chart, each with its accounts as a tree, by code. */
export function accountTree(accounts: readonly Account[]): { type: Account['type']; nodes: AccountNode[] }[] {
  const types = ['asset', 'liability', 'equity', 'income', 'expense'] as const
  return types
    .map((type) => ({ type, nodes: nodesOf(accounts.filter((account) => account.type === type)) }))
    .filter(({ nodes }) => nodes.length > 0)
}

function nodesOf(accounts: readonly Account[]): AccountNode[] {
  const byCode = new Map<string, AccountNode>()
  for (const account of accounts.toSorted((one, other) => (one.code < other.code ? -1 : 1))) {
    const node = byCode.get(account.code) ?? {
      code: account.code,
      name: account.name,
      accounts: [],
      children: [],
    }
    node.accounts.push(account)
    byCode.set(account.code, node)
  }
  const tops: AccountNode[] = []
  for (const node of byCode.values()) {
    const parent = byCode.get(node.code.split('.', 1)[0] ?? '')
    if (parent === undefined || parent === node) tops.push(node)
    else parent.children.push(node)
  }
  return tops
}
