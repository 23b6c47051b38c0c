import { z } from 'zod'
import type { Services } from '../ctx.ts'
import { t } from '../i18n/index.ts'
import { renderMail } from '../mail/render-mail.ts'
import { senderAddress } from '../mail/send-message.ts'
import { isLocale, type Locale } from '../../shared/locale.ts'
import { sayFinding, type Finding } from './finding.ts'
import { checkBackups } from './service-checks.ts'
import { lookQuickly } from './look.ts'

const EVERY_MS = 60_000
/** Trouble is told when it was there at two looks in a row: most of it mends itself in the meantime. */
const LOOKS = 2
const KEY = 'health/told'

const toldSchema = z.object({ checks: z.array(z.string()) })

/** Who is told, and in which language. */
type Operator = { email: string; name: string; locale: Locale }

/** What one process remembers between looks; the database may be what is away. */
export type WatchState = {
  seen: Map<string, number>
  told: ReadonlySet<string>
  operator: Operator | undefined
}

/** Looks once a minute, and tells the operator by mail what has stopped working, and when it works again. */
export function watchHealth(services: Services): { stop(): void } {
  if (services.mail === undefined) return { stop: () => undefined }
  const state: WatchState = { seen: new Map(), told: new Set(), operator: undefined }
  const timer = setInterval(() => {
    lookAndTell(services, state).catch((error: unknown) =>
      services.log.warn({ err: error }, 'watching failed'),
    )
  }, EVERY_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

/** One look; several processes that look tell once. */
export async function lookAndTell(services: Services, state: WatchState): Promise<void> {
  const found = [...(await lookQuickly(services)), ...(await checkBackups(services).catch(() => []))]
  const bad = found.filter((one) => one.state === 'bad')
  for (const check of state.seen.keys()) if (!bad.some((one) => one.check === check)) state.seen.delete(check)
  for (const { check } of bad) state.seen.set(check, (state.seen.get(check) ?? 0) + 1)
  const lasting = bad.filter(({ check }) => (state.seen.get(check) ?? 0) >= LOOKS)
  state.operator = (await findOperator(services).catch(() => undefined)) ?? state.operator
  const before = await exchange(
    services,
    state,
    lasting.map(({ check }) => check),
    bad.map(({ check }) => check),
  )
  const news = lasting.filter(({ check }) => !before.has(check))
  const mended = found.filter((one) => one.state !== 'bad' && before.has(one.check))
  if (state.operator === undefined || (news.length === 0 && mended.length === 0)) return
  await send(services, state.operator, { news, mended })
}

/** Writes down what is told now and gives what was told before; without a database, from memory. */
async function exchange(
  services: Services,
  state: WatchState,
  lasting: readonly string[],
  bad: readonly string[],
): Promise<ReadonlySet<string>> {
  const remembered = state.told
  const next = (before: ReadonlySet<string>) =>
    [...new Set([...lasting, ...[...before].filter((one) => bad.includes(one))])].toSorted()
  try {
    const { rows: kept } = await services.database.pool.query<{ value: unknown }>(
      'SELECT value FROM instance WHERE key = $1',
      [KEY],
    )
    const before = new Set([...(toldSchema.safeParse(kept[0]?.value).data?.checks ?? []), ...remembered])
    const checks = next(before)
    state.told = new Set(checks)
    const value = JSON.stringify({ checks })
    const { rowCount } = await services.database.pool.query(
      `INSERT INTO instance (key, value, updated_at) VALUES ($1, $2, $3)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
       WHERE instance.value IS DISTINCT FROM excluded.value`,
      [KEY, value, services.clock.now()],
    )
    // Whoever changed nothing came second: another process tells.
    return rowCount === 0 ? new Set(checks) : before
  } catch {
    state.told = new Set(next(remembered))
    return remembered
  }
}

async function findOperator({ config, database }: Services): Promise<Operator | undefined> {
  const { rows } = await database.pool.query<{ email: string; name: string; locale: string }>(
    'SELECT email, name, locale FROM users ORDER BY created_at LIMIT 1',
  )
  const [first] = rows
  const locale = isLocale(first?.locale) ? first.locale : 'ar'
  if (config.operatorEmail !== undefined) return { email: config.operatorEmail, name: '', locale }
  return first === undefined ? undefined : { email: first.email, name: first.name, locale }
}

type News = { news: readonly Finding[]; mended: readonly Finding[] }

async function send(
  services: Services,
  { email, name, locale }: Operator,
  { news, mended }: News,
): Promise<void> {
  const { config, ids, log } = services
  const host = new URL(config.publicUrl).hostname
  const kind = news.length > 0 ? 'trouble' : 'mended'
  const said = [...news, ...mended].map((one) => sayFinding(locale, one))
  const subject = t(locale, `health.told.${kind}.subject`, {
    host,
    names: said.map((one) => one.name).join(', '),
  })
  const content = renderMail({
    kind,
    locale,
    sender: { name: t(locale, 'mail.rafid') },
    subject,
    preheader: said[0]?.says ?? subject,
    heading: t(locale, `health.told.${kind}.heading`),
    blocks: [
      ...said.flatMap((one) => [
        { type: 'paragraph' as const, text: `${one.name}: ${one.says}` },
        ...(one.do === '' ? [] : [{ type: 'note' as const, text: one.do }]),
      ]),
      {
        type: 'button',
        label: t(locale, 'health.told.button'),
        url: `${config.publicUrl}/dashboard/settings/status`,
      },
    ],
    footer: [t(locale, 'health.told.footer', { host })],
  })
  const outcome = await services.mail?.send({
    messageId: `<${ids.next()}@${host}>`,
    from: { name: t(locale, 'mail.rafid'), address: senderAddress(services) },
    to: { name, address: email },
    subject: content.subject,
    html: content.html,
    text: content.text,
    attachments: [],
  })
  log.warn(
    { kind, checks: [...news, ...mended].map(({ check }) => check), outcome: outcome?.outcome },
    'the operator was told',
  )
}
