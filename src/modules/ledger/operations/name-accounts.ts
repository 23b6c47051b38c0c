import type { TxCtx } from '../../../platform/ctx.ts'
import { assert } from '../../../platform/errors.ts'
import { UnknownAccount } from '../errors.ts'
import { parentOf, standardRows, type ChartAccount } from '../rules/standard-chart.ts'
import { addChartRows, readChart } from './open-accounts.ts'

/** A sub-account of the standard chart that another module posts to, and what is added to the name above it. */
export type NamedAccount = { readonly code: string; readonly name: string }

/**
 * Sees that sub-accounts of the standard chart are in the workspace's chart under names for people before they are first
 * posted to: `Services · Translation for Amal`. Those that are there stay as they are.
 * @throws UnknownAccount for one that lies under no standard account.
 */
export async function nameAccounts(ctx: TxCtx, accounts: readonly NamedAccount[]): Promise<void> {
  const codes = accounts.map(({ code }) => code)
  const there = new Set((await readChart(ctx, codes)).map(({ code }) => code))
  const added = accounts.filter(({ code }) => !there.has(code)).flatMap(rowsOf)
  if (added.length === 0) return
  await addChartRows(ctx, [...new Map(added.map((row) => [row.code, row])).values()])
}

function rowsOf({ code, name }: NamedAccount): ChartAccount[] {
  assert(parentOf(code) !== undefined, `${code} is a sub-account`)
  const path = standardRows(code)
  const above = path?.at(-2)
  if (path === undefined || above === undefined) throw new UnknownAccount(code)
  const own = { ...above, code, nameAr: `${above.nameAr} · ${name}`, nameEn: `${above.nameEn} · ${name}` }
  return [...path.slice(0, -1), own]
}
