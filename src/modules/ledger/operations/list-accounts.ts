import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { audit } from '../../workspaces/index.ts'
import { AccountExists, UnknownAccount } from '../errors.ts'
import {
  normalSign,
  parentOf,
  STANDARD_CHART,
  typeOfCode,
  type AccountType,
  type ChartAccount,
} from '../rules/standard-chart.ts'
import { addChartRows, readChart } from './open-accounts.ts'

/** An open account with its balance of now; debits are positive in `balanceMinor`. */
export type OpenAccount = {
  readonly code: string
  readonly currency: string
  readonly type: AccountType
  readonly nameAr: string
  readonly nameEn: string
  readonly sign: number
  readonly balanceMinor: bigint
  readonly pendingDebitMinor: bigint
  readonly pendingCreditMinor: bigint
}

/** The open accounts by code and currency. */
export async function listAccounts(ctx: Ctx): Promise<OpenAccount[]> {
  authorise(ctx, 'ledger:read')
  return transaction(ctx, (tx) =>
    rows<OpenAccount>(
      tx,
      sql`SELECT a.code, a.currency, c.type, c.name_ar AS "nameAr", c.name_en AS "nameEn", c.sign,
            a.balance AS "balanceMinor", a.pending_debit AS "pendingDebitMinor", a.pending_credit AS "pendingCreditMinor"
          FROM ledger_accounts a JOIN ledger_chart c ON c.workspace_id = a.workspace_id AND c.code = a.code
          WHERE a.workspace_id = ${tx.workspaceId} ORDER BY a.code COLLATE "C", a.currency`,
    ),
  )
}

/** Every account that can be posted to: the standard chart and the workspace's own rows, by code. */
export async function listChart(ctx: Ctx): Promise<ChartAccount[]> {
  authorise(ctx, 'ledger:read')
  const own = await transaction(ctx, (tx) =>
    rows<ChartAccount>(
      tx,
      sql`SELECT code, type, name_ar AS "nameAr", name_en AS "nameEn", sign, floor FROM ledger_chart
          WHERE workspace_id = ${tx.workspaceId}`,
    ),
  )
  const all = new Map([...STANDARD_CHART, ...own].map((account) => [account.code, account]))
  return [...all.values()].sort((left, right) => (left.code < right.code ? -1 : 1))
}

/** A row that a person adds to the chart. */
export type NewAccount = {
  readonly code: string
  readonly nameAr: string
  readonly nameEn: string
  /** It stands against its type, as a valuation allowance does among assets. */
  readonly contrary?: boolean
  readonly floorMinor?: bigint
}

/**
 * Adds an account to the chart; its code says its type. It can be posted to in every currency.
 * @throws AccountExists, or UnknownAccount if the code lies under one that is in no chart.
 */
export async function addAccount(ctx: Ctx, account: NewAccount): Promise<ChartAccount> {
  authorise(ctx, 'ledger:write')
  const { code, nameAr, nameEn, contrary = false, floorMinor } = account
  const type = typeOfCode(code)
  const row: ChartAccount = {
    code,
    type,
    nameAr,
    nameEn,
    sign: normalSign(type, contrary),
    floor: floorMinor,
  }
  return transaction(ctx, async (tx) => {
    const parent = parentOf(code)
    const standard = new Set(STANDARD_CHART.map((one) => one.code))
    const known = new Set(
      (await readChart(tx, [code, ...(parent === undefined ? [] : [parent])])).map((one) => one.code),
    )
    if (known.has(code) || standard.has(code)) throw new AccountExists(code)
    if (parent !== undefined && !known.has(parent) && !standard.has(parent)) throw new UnknownAccount(parent)
    await addChartRows(tx, [row])
    await audit(tx, {
      action: 'ledger.account-add',
      subjectKind: 'ledger-account',
      subjectId: code,
      after: { nameAr, nameEn },
    })
    return row
  })
}
