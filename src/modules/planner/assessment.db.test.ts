import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeMember, makeWorkspace, type TestWorkspace } from '../../../test/support/workspace.ts'
import { createApp } from '../../app.ts'
import { recordStreamMoney } from '../streams/index.ts'
import { transaction } from '../../platform/database/transaction.ts'
import type { AdviceView, Assessment } from './assessment-schema.ts'
import type { Plan } from './schema.ts'
import type { Focus, Focuses, JumpDecision, JumpFigures, Milestone, Reviews } from './focus-schema.ts'

let services: TestServices
let app: ReturnType<typeof createApp>
const clock = standingClock('2026-11-21T18:00:00.000Z')

beforeAll(async () => {
  services = await testServices({ clock })
  app = createApp(services)
})

const ANSWERS: Readonly<Record<string, string | string[]>> = {
  asked: ['writing'],
  proof: 'price',
  owned: ['texts'],
  reach: 'hundreds',
  craft: 'pages',
  wish: 'lasting',
  hours: 'some',
  months: 'eleven',
  capital: 'months',
  loss: 'month',
  debts: 'none',
  interest: 'leave-out',
  odds: 'third',
  fall: 'stay',
  country: 'EG',
  rails: ['bank'],
  patience: 'date',
  finish: 'late',
  selling: 'would',
  company: 'weekly',
}

type Call = { method?: string; body?: unknown; headers?: Record<string, string> }

async function call<Answer>(
  at: TestWorkspace,
  path: string,
  { method = 'GET', body, headers = {} }: Call = {},
) {
  const answer = await app.request(`/api/v1${path}`, {
    method,
    headers: { ...at.headers, 'accept-language': 'en', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  // Each caller names the schema of its route.
  return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as Answer }
}

async function answerAll(at: TestWorkspace, answers: typeof ANSWERS = ANSWERS): Promise<void> {
  for (const [question, answer] of Object.entries(answers)) {
    const { status } = await call(at, `/assessment/answers/${question}`, { method: 'PUT', body: { answer } })
    expect(status, question).toBe(200)
  }
}

const money = (amount: string) => ({ amount, currency: 'KWD' })
const limits = {
  killOn: '2027-06-01',
  lossCap: money('50000'),
  rule: { months: 1, of: 2, amount: money('100000'), upkeepHours: 20 },
}

describe('the conversation', () => {
  test('is kept answer by answer, in either language, and belongs to its person', async () => {
    const at = await makeWorkspace(services)
    const empty = await call<Assessment>(at, '/assessment')
    expect(empty.body).toMatchObject({
      answered: 0,
      next: 'asked',
      ready: false,
      minutesLeft: 12,
      updatedAt: null,
    })
    const first = await call<Assessment>(at, '/assessment/answers/asked', {
      method: 'PUT',
      body: { answer: ['writing', 'field'] },
    })
    expect(first.body).toMatchObject({ answered: 1, next: 'proof' })
    const arabic = await call<Assessment>(at, '/assessment', { headers: { 'accept-language': 'ar' } })
    expect(arabic.body.questions[0]).toMatchObject({
      text: 'ما الذي يطلبه الناس منك أصلًا؟',
      answer: ['writing', 'field'],
    })
    const wrong = await call<{ errors: unknown }>(at, '/assessment/answers/hours', {
      method: 'PUT',
      body: { answer: 'always' },
    })
    expect(wrong.status).toBe(422)
    expect(
      (await call(at, '/assessment/answers/weight', { method: 'PUT', body: { answer: 'x' } })).status,
    ).toBe(404)

    const other = await makeMember(services, at.workspaceId, { role: 'admin' })
    const theirs = { ...at.ctx, actor: { kind: 'member', userId: other.userId, role: 'admin' } } as const
    const { getAssessment } = await import('./operations/answer-assessment.ts')
    expect((await getAssessment(theirs)).answered).toBe(0)
    expect((await getAssessment(at.ctx)).answered).toBe(1)

    expect((await call(at, '/assessment', { method: 'DELETE' })).status).toBe(204)
    expect((await call<Assessment>(at, '/assessment')).body.answered).toBe(0)
  })

  test('asks again what contradicts itself, and takes a person at their word', async () => {
    const at = await makeWorkspace(services)
    await answerAll(at, { ...ANSWERS, loss: 'none', fall: 'go-on' })
    const asked = await call<Assessment>(at, '/assessment')
    expect(asked.body).toMatchObject({
      next: null,
      ready: false,
      contradictions: [{ id: 'loss-fall', questions: ['loss', 'fall'] }],
    })
    const refused = await call<{ type: string }>(at, '/assessment/advice')
    expect([refused.status, refused.body.type]).toEqual([
      409,
      expect.stringContaining('#assessment-unfinished'),
    ])
    const settled = await call<Assessment>(at, '/assessment/contradictions/loss-fall', { method: 'PUT' })
    expect(settled.body.ready).toBe(true)
    // Another answer to one of the two is looked at anew.
    await call(at, '/assessment/answers/loss', { method: 'PUT', body: { answer: 'week' } })
    const again = await call<Assessment>(at, '/assessment/answers/loss', {
      method: 'PUT',
      body: { answer: 'none' },
    })
    expect(again.body.contradictions).toHaveLength(1)
  })
})

describe('the advice', () => {
  test('quotes the answers, in the language of the request, and is begun with one press', async () => {
    const at = await makeWorkspace(services)
    await answerAll(at)
    const { body: advice } = await call<AdviceView>(at, '/assessment/advice')
    expect(advice.recommended).toMatchObject({
      stream: 'e-book',
      name: 'E-book or guide',
      open: true,
      killOn: '2027-11-22',
    })
    expect(advice.recommended?.for[0]).toEqual({
      question: 'owned',
      asked: 'What do you have already?',
      quote: 'Notes or chapters on one subject',
      text: 'The chapters are partly there.',
    })
    expect(advice.recommended?.odds.source).toContain('2017')
    expect(advice.alternatives).toHaveLength(2)
    expect(advice.avoid.find(({ stream }) => stream === 'loans')?.against[0]?.text).toContain(
      'bears interest',
    )
    expect(advice.interest).toMatchObject({ perThousand: null })
    expect(advice.changes.length).toBeGreaterThan(0)
    const arabic = await call<AdviceView>(at, '/assessment/advice', { headers: { 'accept-language': 'ar' } })
    expect(arabic.body.recommended?.name).toBe('الكتاب الرقمي أو الدليل')

    const begin = (body: unknown) => call<Focus>(at, '/assessment/begin', { method: 'POST', body })
    expect((await begin({ ...limits, stream: 'liquidity-pool', name: 'x' })).status).toBe(422)
    expect((await begin({ ...limits, stream: 'e-book', name: 'x', killOn: '2026-11-21' })).status).toBe(422)
    const begun = await begin({ ...limits, stream: 'e-book', name: 'Home bread' })
    expect(begun.status).toBe(201)
    expect(begun.body).toMatchObject({
      streamName: 'Home bread',
      profile: 'e-book',
      recommended: 'e-book',
      begunOn: '2026-11-21',
      daysToKill: 192,
      spent: money('0'),
      minutes: 0,
    })
    expect(begun.body.milestones.map(({ dueOn }) => dueOn)).toEqual([
      '2026-12-23',
      '2027-01-24',
      '2027-02-25',
    ])
    expect(begun.body.milestones[0]?.title).toContain('the one question that the book answers')
    const streams = await call<{ items: { name: string; kind: string }[] }>(at, '/streams')
    expect(streams.body.items).toMatchObject([{ name: 'Home bread', kind: 'other' }])
    expect((await begin({ ...limits, stream: 'e-book', name: 'Another' })).status).toBe(409)
    expect((await call<{ items: unknown[] }>(at, '/streams')).body.items).toHaveLength(1)
  })

  test('is planned as the answers, the living costs and the limits have it, and reckoned', async () => {
    const at = await makeWorkspace(services, { currency: 'SAR' })
    await answerAll(at)
    const sar = (amount: string) => ({ amount, currency: 'SAR' })
    const costs = [
      { step: 'roof', amount: sar('300000') },
      { step: 'savings', amount: sar('50000') },
    ]
    await call(at, '/living-costs', { method: 'PUT', body: { items: costs } })
    const write = (body: object) =>
      call<Plan>(at, '/assessment/plans', { method: 'POST', body: { currency: 'SAR', ...body } })
    expect((await write({ stream: 'liquidity-pool' })).status).toBe(422)
    const written = await write({ stream: 'e-book' })
    expect(written.status).toBe(201)
    // Free are 4 to 8 hours a week; a month of living costs may be gone; the kill date is a year and a day away.
    expect(written.body.input).toMatchObject({
      name: 'E-book or guide: from my answers',
      firstMonth: '2026-12',
      months: 25,
      hoursPerMonth: 26,
      money: sar('300000'),
      monthlyMoney: sar('0'),
      rates: [{ currency: 'USD', rate: 3.75 }],
      ladder: [
        { name: 'Roof', amount: sar('300000') },
        { name: 'Savings', amount: sar('50000') },
      ],
      streams: [{ model: 'e-book', name: 'E-book or guide' }],
    })
    const projected = await call<{ figures: { months: number } }>(
      at,
      `/plans/${written.body.id}/projections`,
      { method: 'POST', body: { paths: 500, seed: 1 } },
    )
    expect([projected.status, projected.body.figures.months]).toEqual([201, 25])
    const own = { ...limits, lossCap: sar('70000'), rule: { ...limits.rule, amount: sar('1') } }
    const begun = await call(at, '/assessment/begin', {
      method: 'POST',
      body: { ...own, killOn: '2028-11-21', stream: 'e-book', name: 'Bread' },
    })
    expect(begun.status).toBe(201)
    expect((await write({ stream: 'e-book' })).body.input).toMatchObject({ months: 36, money: sar('70000') })
  })

  test('can be ‘not yet’, with what to do first', async () => {
    const at = await makeWorkspace(services)
    await answerAll(at, { ...ANSWERS, debts: 'dear', hours: 'none' })
    const { body } = await call<AdviceView>(at, '/assessment/advice')
    expect(body.recommended).toBeNull()
    expect(body.notYet).toMatchObject({ id: 'dear-debts' })
    expect(body.notYet?.steps).toHaveLength(3)
    expect(body.notYet?.quotes[0]?.quote).toBe('Card or loan debts at high interest')
    const refused = await call(at, '/assessment/begin', {
      method: 'POST',
      body: { ...limits, stream: 'e-book', name: 'x' },
    })
    expect(refused.status).toBe(422)
  })

  test('shows every weight that it goes by', async () => {
    const at = await makeWorkspace(services)
    const { body } = await call<{ streams: { weights: unknown[] }[] }>(at, '/assessment/weights')
    expect(body.streams).toHaveLength(15)
    expect(body.streams.flatMap(({ weights }) => weights).length).toBeGreaterThan(150)
  })
})

describe('the one stream', () => {
  const stream = async (at: TestWorkspace, name: string) =>
    (
      await call<{ id: string }>(at, '/streams', {
        method: 'POST',
        body: { kind: 'service', name, currency: 'KWD' },
      })
    ).body.id

  test('is held against its rule, changed, and ends as stable only by it', async () => {
    const at = await makeWorkspace(services)
    const streamId = await stream(at, 'Editing')
    const { body: begun } = await call<Focus>(at, '/focus', { method: 'POST', body: { ...limits, streamId } })
    expect(begun.stability).toMatchObject({ met: 0, stable: false })
    const early = await call<{ type: string }>(at, '/focus/end', { method: 'POST', body: { as: 'stable' } })
    expect([early.status, early.body.type]).toEqual([409, expect.stringContaining('#focus-not-stable')])
    await transaction(at.ctx, async (tx) => {
      await recordStreamMoney(tx, [
        { streamId, kind: 'income', amountMinor: 130_000n, currency: 'KWD', on: '2026-10-05', key: 'a' },
        { streamId, kind: 'cost', amountMinor: 60_000n, currency: 'KWD', on: '2026-11-02', key: 'b' },
      ])
    })
    const { body } = await call<Focuses>(at, '/focus')
    expect(body.current).toMatchObject({ capReached: true, spent: money('60000') })
    expect(body.current?.stability).toMatchObject({
      met: 1,
      stable: true,
      months: [
        { month: '2026-09', net: money('0'), counts: false },
        { month: '2026-10', net: money('130000'), counts: true },
      ],
    })
    const raised = await call<Focus>(at, '/focus', {
      method: 'PATCH',
      body: { lossCap: money('90000'), killOn: '2027-01-01' },
    })
    const over = await call(at, '/focus', { method: 'PATCH', body: { killOn: '2026-11-21' } })
    expect(over.status).toBe(422)
    expect(raised.body).toMatchObject({ capReached: false, killOn: '2027-01-01', rule: { months: 1, of: 2 } })
    expect(
      (await call(at, '/focus', { method: 'PATCH', body: { lossCap: { amount: '1', currency: 'USD' } } }))
        .status,
    ).toBe(422)
    expect(
      (await call(at, '/focus/end', { method: 'POST', body: { as: 'stable', note: 'It stands' } })).status,
    ).toBe(200)
    const after = await call<Focuses>(at, '/focus')
    expect(after.body).toMatchObject({
      current: null,
      past: [{ streamName: 'Editing', endedAs: 'stable', note: 'It stands' }],
    })
  })

  test('has milestones and weekly reviews, which can be skipped', async () => {
    const at = await makeWorkspace(services)
    expect(
      (await call(at, '/focus/milestones', { method: 'POST', body: { title: 'x', dueOn: '2026-12-01' } }))
        .status,
    ).toBe(404)
    await call(at, '/focus', { method: 'POST', body: { ...limits, streamId: await stream(at, 'Editing') } })
    const { body: made } = await call<Milestone>(at, '/focus/milestones', {
      method: 'POST',
      body: { title: 'Three orders', dueOn: '2026-12-01' },
    })
    const done = await call<Milestone>(at, `/focus/milestones/${made.id}`, {
      method: 'PATCH',
      body: { done: true },
    })
    expect(done.body).toEqual({ ...made, doneOn: '2026-11-21' })
    const undone = await call<Milestone>(at, `/focus/milestones/${made.id}`, {
      method: 'PATCH',
      body: { done: false, title: 'Four orders' },
    })
    expect(undone.body).toEqual({ ...made, title: 'Four orders' })
    expect((await call(at, `/focus/milestones/${made.id}`, { method: 'DELETE' })).status).toBe(204)

    const write = (week: string, answers: unknown) =>
      call(at, `/focus/reviews/${week}`, { method: 'PUT', body: { answers } })
    expect((await write('2026-11-17', null)).status).toBe(422)
    expect((await write('2026-11-23', null)).status).toBe(422)
    expect((await write('2026-11-09', { hours: '3', next: 'Ask two people' })).status).toBe(200)
    expect((await write('2026-11-16', null)).status).toBe(200)
    const { body } = await call<Reviews>(at, '/focus/reviews')
    expect(body.questions).toHaveLength(5)
    expect(body.week).toBe('2026-11-16')
    expect(body.reviews).toMatchObject([
      { week: '2026-11-16', answers: null },
      { week: '2026-11-09', answers: { hours: '3', stuck: '' } },
    ])
    expect((await call<Focuses>(at, '/focus')).body.current?.reviewed).toBe('skipped')
  })

  test('is left for another only after the figures were shown; either decision is kept', async () => {
    const at = await makeWorkspace(services)
    const earlier = await stream(at, 'A shop')
    await call(at, `/streams/${earlier}`, {
      method: 'PATCH',
      body: { beganOn: '2026-01-10', endedOn: '2026-05-10' },
    })
    await call(at, '/focus', { method: 'POST', body: { ...limits, streamId: await stream(at, 'Editing') } })
    const { body: figures } = await call<JumpFigures>(at, '/focus/jump-figures')
    expect(figures).toMatchObject({
      jumps: [{ name: 'A shop', months: 4, minutes: 0, monthsToIncome: null, net: [] }],
      usualMinutes: null,
      present: { streamName: 'Editing', killOn: '2027-06-01', daysToKill: 192, met: 0, needed: 1 },
    })
    const decide = (decision: string) =>
      call<JumpDecision>(at, '/focus/jumps', {
        method: 'POST',
        body: { wanted: 'A channel', decision, reason: 'Because' },
      })
    expect((await decide('stay')).body).toMatchObject({ decision: 'stay', streamName: 'Editing', figures })
    expect((await call<Focuses>(at, '/focus')).body.current).not.toBeNull()
    expect((await decide('jump')).status).toBe(201)
    expect((await call<Focuses>(at, '/focus')).body).toMatchObject({
      current: null,
      past: [{ endedAs: 'left', note: 'Because' }],
    })
    expect((await decide('jump')).status).toBe(404)
    const { body: kept } = await call<{ items: JumpDecision[] }>(at, '/focus/jumps')
    expect(kept.items.map(({ decision }) => decision)).toEqual(['jump', 'stay'])
    // What was left counts among the jumps from now on.
    expect((await call<JumpFigures>(at, '/focus/jump-figures')).body).toMatchObject({
      jumps: [{ name: 'Editing' }, { name: 'A shop' }],
      present: null,
    })
  })
})
