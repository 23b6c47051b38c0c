/** @jsxImportSource hono/jsx */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import type { Ctx } from '../../../../platform/ctx.ts'
import { Invalid, NotFound } from '../../../../platform/errors.ts'
import type { Env, HttpContext } from '../../../../platform/http/env.ts'
import { projectRoot } from '../../../../platform/project-root.ts'
import { isId } from '../../../../shared/ids.ts'
import { isLocale } from '../../../../shared/locale.ts'
import { actOnTestPayment, testActionSchema } from './act.ts'
import { findTestPayment, type TestPayment } from './books.ts'
import { PayPage } from './pay-page.tsx'
import { requireTestStore } from './require-test-store.ts'

const style = readFileSync(join(projectRoot, 'src/modules/checkout/providers/test/pay-page.css'))
const styleUrl = `/assets/pay-test.${createHash('sha256').update(style).digest('hex').slice(0, 10)}.css`

/** The test provider's payment page, and how tests steer it: the same actions as JSON, with a scenario. */
export const testPages: Hono<Env> = new Hono<Env>()
  .get(styleUrl, (c) =>
    c.body(new Uint8Array(style), 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    }),
  )
  .get('/pay/test/:workspace/:payment', async (c) => {
    const { ctx, id } = await openPayment(c)
    const payment = await findTestPayment(ctx, id)
    if (payment === undefined) throw new NotFound()
    c.header('cache-control', 'no-store')
    return c.html(<PayPage payment={inWantedLanguage(payment, c.req.query('lang'))} styleUrl={styleUrl} />)
  })
  .post('/pay/test/:workspace/:payment', async (c) => {
    const { ctx, id } = await openPayment(c)
    const action = new URLSearchParams(await c.req.text()).get('action')
    const payment = await actOnTestPayment(ctx, id, parseAction({ action }))
    return c.redirect(payment.status === 'challenge' ? c.req.path : payment.returnUrl, 303)
  })
  .post('/pay/test/:workspace/:payment/steer', async (c) => {
    const { ctx, id } = await openPayment(c)
    const payment = await actOnTestPayment(ctx, id, parseAction(await readJson(c)))
    return c.json({ status: payment.status, returnUrl: payment.returnUrl })
  })

/** The workspace's context and the payment's id; only while the store takes test payments. */
async function openPayment(c: HttpContext): Promise<{ ctx: Ctx; id: string }> {
  const workspaceId = c.req.param('workspace') ?? ''
  const id = c.req.param('payment') ?? ''
  if (!isId(workspaceId) || !isId(id)) throw new NotFound()
  const ctx = { ...c.get('ctx'), workspaceId }
  await requireTestStore(ctx)
  return { ctx, id }
}

/** The body as JSON; undefined, which is no action, for what is none. */
async function readJson(c: HttpContext): Promise<unknown> {
  try {
    return await c.req.json()
  } catch {
    return undefined
  }
}

function parseAction(value: unknown) {
  const parsed = testActionSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new Invalid([{ pointer: '/action', detail: 'problems.field.choice' }])
}

function inWantedLanguage(payment: TestPayment, lang: string | undefined): TestPayment {
  return isLocale(lang) ? { ...payment, locale: lang } : payment
}
