import { authorise } from '../../../platform/authorise.ts'
import { systemCtx, type Ctx, type TxCtx } from '../../../platform/ctx.ts'
import { isUniqueViolation, transaction } from '../../../platform/database/transaction.ts'
import { assert, Invalid } from '../../../platform/errors.ts'
import { fromApi } from '../../../shared/money.ts'
import { createStream, getStream } from '../../streams/index.ts'
import { audit } from '../../workspaces/index.ts'
import type { BeginAdvised } from '../assessment-schema.ts'
import { FocusHeld } from '../errors.ts'
import type { BeginFocus, Focus } from '../focus-schema.ts'
import { isOpen } from '../rules/assessment/score.ts'
import { daysUntil } from '../rules/focus.ts'
import { focuses, milestones } from '../tables.ts'
import { findCurrent, today } from './focus-row.ts'
import { personOf, readOwnAssessment } from './own-assessment.ts'
import { adviceOf } from './read-advice.ts'
import { describeFocus } from './read-focus.ts'

const DAY_MS = 86_400_000

/** Makes a stream the one. @throws FocusHeld while there is another, NotFound, Invalid */
export async function beginFocus(ctx: Ctx, input: BeginFocus): Promise<Focus> {
  authorise(ctx, 'planner:write')
  return oneAtATime(ctx, async (tx) => {
    const { id } = await getStream(asProgram(tx), input.streamId)
    return insertFocus(tx, { ...input, streamId: id })
  })
}

/**
 * Begins a stream of the caller's own advice: it is made, and is the one, with its first three steps as milestones on the way to
 * the kill date. What was recommended is kept with it, so that one sees later how it was decided.
 * @throws AssessmentUnfinished, FocusHeld, Invalid for a stream that is to be avoided now
 */
export async function beginAdvised(ctx: Ctx, input: BeginAdvised): Promise<Focus> {
  authorise(ctx, 'planner:write')
  return oneAtATime(ctx, async (tx) => {
    const advice = adviceOf(await readOwnAssessment(tx))
    const offered = [advice.recommended, ...advice.alternatives].find(
      (one) => one?.profile.id === input.stream,
    )
    if (offered === undefined || !isOpen(offered))
      throw new Invalid([{ pointer: '/stream', detail: 'problems.field.stream-not-open' }])
    if ((await findCurrent(tx)) !== undefined) throw new FocusHeld()
    const { id } = await createStream(asProgram(tx), {
      kind: offered.profile.kind,
      name: input.name,
      platform: '',
      payer: '',
      country: null,
      currency: input.lossCap.currency,
      beganOn: today(tx),
      endedOn: null,
      lifeMonths: 36,
    })
    return insertFocus(tx, {
      ...input,
      streamId: id,
      profile: offered.profile.id,
      recommended: advice.recommended?.profile.id ?? null,
      steps: offered.profile.steps.map((step) => step[ctx.locale]),
    })
  })
}

/** Two who begin at the same moment: the database lets one of them. */
async function oneAtATime(ctx: Ctx, work: (tx: TxCtx) => Promise<Focus>): Promise<Focus> {
  try {
    return await transaction(ctx, work)
  } catch (error) {
    if (isUniqueViolation(error, 'planner_focuses_one')) throw new FocusHeld()
    throw error
  }
}

/** Whoever may decide on the plan may have its stream made; the log names them by the focus that is begun. */
function asProgram(ctx: TxCtx): Ctx {
  return { ...systemCtx(ctx, ctx.workspaceId), tx: ctx.tx }
}

type NewFocus = BeginFocus & { profile?: string; recommended?: string | null; steps?: readonly string[] }

async function insertFocus(ctx: TxCtx, input: NewFocus): Promise<Focus> {
  if ((await findCurrent(ctx)) !== undefined) throw new FocusHeld()
  const { rule, lossCap, killOn } = input
  const day = today(ctx)
  if (killOn <= day) throw new Invalid([{ pointer: '/killOn', detail: 'problems.field.kill-day' }])
  if (rule.amount.currency !== lossCap.currency)
    throw new Invalid([{ pointer: '/rule/amount/currency', detail: 'problems.field.same-currency' }])
  const id = ctx.ids.next()
  await ctx.tx.db.insert(focuses).values({
    workspaceId: ctx.workspaceId,
    id,
    streamId: input.streamId,
    profile: input.profile ?? null,
    recommended: input.recommended ?? null,
    begunOn: day,
    killOn,
    lossCap: fromApi(lossCap).amountMinor,
    currency: lossCap.currency,
    ruleMonths: rule.months,
    ruleOf: rule.of,
    ruleAmount: fromApi(rule.amount).amountMinor,
    ruleMinutes: rule.upkeepHours * 60,
    note: '',
    decidedBy: personOf(ctx),
    createdAt: ctx.clock.now(),
  })
  await insertSteps(ctx, { focusId: id, steps: input.steps ?? [], days: daysUntil(killOn, day) })
  await audit(ctx, {
    action: 'focus.begin',
    subjectKind: 'focus',
    subjectId: id,
    after: { streamId: input.streamId, killOn, lossCap, rule },
  })
  const row = await findCurrent(ctx)
  assert(row !== undefined, 'the focus was written')
  return describeFocus(ctx, row)
}

/** The steps, spread evenly over the first half of the time that there is; the person moves them as they like. */
async function insertSteps(
  ctx: TxCtx,
  { focusId, steps, days }: { focusId: string; steps: readonly string[]; days: number },
): Promise<void> {
  if (steps.length === 0) return
  const now = ctx.clock.now()
  const dayAfter = (count: number) => new Date(now.getTime() + count * DAY_MS).toISOString().slice(0, 10)
  await ctx.tx.db.insert(milestones).values(
    steps.map((title, at) => ({
      workspaceId: ctx.workspaceId,
      id: ctx.ids.next(),
      focusId,
      title,
      dueOn: dayAfter(Math.ceil((days * (at + 1)) / (2 * steps.length))),
      createdAt: now,
    })),
  )
}
