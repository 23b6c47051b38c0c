import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import type { RateOf } from '../../ledger/index.ts'
import { audit } from '../../workspaces/index.ts'
import type { MoneySettings, SetMoneySettings } from '../purchasing-power-schema.ts'
import { parallelRateOf, type ParallelRate } from '../rules/purchasing-power-rates.ts'

/** How the workspace reads its money. */
export async function getMoneySettings(ctx: Ctx): Promise<MoneySettings> {
  authorise(ctx, 'streams:read')
  return transaction(ctx, readMoneySettings)
}

/** Changes how the workspace reads its money; what is left out stays. */
export async function setMoneySettings(ctx: Ctx, change: SetMoneySettings): Promise<MoneySettings> {
  authorise(ctx, 'streams:write')
  return transaction(ctx, async (tx) => {
    await lockMoneySettings(tx)
    const before = await readMoneySettings(tx)
    const { reportingCurrency = before.chosenCurrency, rateKind = before.rateKind } = change
    await rows(
      tx,
      sql`UPDATE stream_money_settings SET reporting_currency = ${reportingCurrency}, rate_kind = ${rateKind},
            updated_at = ${ctx.clock.now()} WHERE workspace_id = ${tx.workspaceId}`,
    )
    await audit(tx, {
      action: 'stream-money.update',
      subjectKind: 'stream-money',
      subjectId: tx.workspaceId,
      before: { reportingCurrency: before.chosenCurrency, rateKind: before.rateKind },
      after: change,
    })
    return readMoneySettings(tx)
  })
}

/** Takes the row that stands for all that is replaced as a whole; until the transaction ends it is the caller’s. */
export async function lockMoneySettings(ctx: TxCtx): Promise<void> {
  await rows(
    ctx,
    sql`INSERT INTO stream_money_settings (workspace_id, rate_kind, updated_at)
        VALUES (${ctx.workspaceId}, 'official', ${ctx.clock.now()})
        ON CONFLICT (workspace_id) DO UPDATE SET updated_at = excluded.updated_at`,
  )
}

/** See getMoneySettings. Without a choice it is the currency of the living costs, or that of most streams. */
export async function readMoneySettings(ctx: TxCtx): Promise<MoneySettings> {
  const [row] = await rows<{
    chosen: CurrencyCode | null
    kind: MoneySettings['rateKind'] | null
    living: CurrencyCode | null
    streams: CurrencyCode | null
  }>(
    ctx,
    sql`SELECT s.reporting_currency AS chosen, s.rate_kind AS kind,
          (SELECT currency FROM living_costs WHERE workspace_id = ${ctx.workspaceId} LIMIT 1) AS living,
          (SELECT currency FROM streams WHERE workspace_id = ${ctx.workspaceId} AND currency IS NOT NULL
            GROUP BY currency ORDER BY count(*) DESC, currency LIMIT 1) AS streams
        FROM (SELECT 1) one LEFT JOIN stream_money_settings s ON s.workspace_id = ${ctx.workspaceId}`,
  )
  const chosenCurrency = row?.chosen ?? null
  return {
    chosenCurrency,
    currency: chosenCurrency ?? row?.living ?? row?.streams ?? null,
    rateKind: row?.kind ?? 'official',
  }
}

/** What turns official rates into those of the kind that the workspace chose. */
export async function chosenRates(ctx: TxCtx): Promise<(official: RateOf) => RateOf> {
  const rates = await rows<ParallelRate>(
    ctx,
    sql`SELECT r.base, r.quote, r.day::text, r.numerator, r.denominator FROM stream_parallel_rates r
        WHERE r.workspace_id = ${ctx.workspaceId} AND EXISTS (
          SELECT 1 FROM stream_money_settings s WHERE s.workspace_id = ${ctx.workspaceId} AND s.rate_kind = 'parallel')`,
  )
  return rates.length === 0 ? (official) => official : (official) => parallelRateOf(rates, official)
}
