import { sql } from 'drizzle-orm'
import { systemCtx, type Services } from '../ctx.ts'
import { directoryTransaction, rows } from '../database/transaction.ts'
import { JOBS_SCHEMA } from './install.ts'

const EVERY_MS = 5_000
/** A clock that is kept right by small steps is left alone. */
const AHEAD_SECONDS = 5
/** The queue of pg-boss's own through which the minutes of cron lines go. */
const MINUTES = '__pgboss__send-it'

const schema = sql.raw(JOBS_SCHEMA)

/** Looks every few seconds, and at once, whether the database's clock was set back. */
export function keepFollowingClock(services: Services): { stop(): void } {
  const look = () => {
    followClock(services).then(
      (seconds) => {
        if (seconds > 0) services.log.warn({ seconds }, 'the clock was set back; the queue follows')
      },
      // The database is away: those who need it say so.
      () => undefined,
    )
  }
  look()
  const timer = setInterval(look, EVERY_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

/**
 * Sets the queue back with the database's clock: what the queue noted as done at a time that is still to come would else keep
 * its regular work from being done until then, and what was waiting would wait for as long again. What is waiting comes as
 * much later as it would have; the minutes that come a second time are served a second time.
 * @returns by how many seconds; 0 if the clock is where the queue believes it to be
 */
export async function followClock(services: Services): Promise<number> {
  return directoryTransaction(systemCtx(services, undefined), async (tx) => {
    const seen = await rows(
      { tx },
      sql`SELECT FROM ${schema}.version WHERE cron_on > now() + make_interval(secs => ${AHEAD_SECONDS})`,
    )
    if (seen.length === 0) return 0
    // Of several processes, the first; the others then find nothing.
    const [{ seconds } = { seconds: 0 }] = await rows<{ seconds: number }>(
      { tx },
      sql`SELECT extract(epoch FROM cron_on - now())::float8 AS seconds FROM ${schema}.version FOR UPDATE`,
    )
    if (seconds <= AHEAD_SECONDS) return 0
    await rows(
      { tx },
      sql`UPDATE ${schema}.version SET cron_on = now(), bam_on = least(bam_on, now()), flow_on = least(flow_on, now()),
            reindex_on = least(reindex_on, now()), monitor_backoff_on = least(monitor_backoff_on, now())`,
    )
    await rows(
      { tx },
      sql`UPDATE ${schema}.queue SET monitor_on = least(monitor_on, now()), maintain_on = least(maintain_on, now()),
            monitor_claim_on = least(monitor_claim_on, now()), delta_on = least(delta_on, now())`,
    )
    await rows(
      { tx },
      sql`UPDATE ${schema}.job SET
            start_after = CASE WHEN state < 'active' AND start_after > now()
              THEN start_after - make_interval(secs => ${seconds}) ELSE start_after END,
            created_on = least(created_on, now()), started_on = least(started_on, now()),
            singleton_on = CASE WHEN state < 'completed' THEN singleton_on END
          WHERE (state < 'active' AND start_after > now() AND (created_on > now() OR state = 'retry'))
            OR (state = 'active' AND started_on > now())
            OR (name = ${MINUTES} AND singleton_on > (now() AT TIME ZONE 'UTC') - interval '2 minutes')`,
    )
    return Math.round(seconds)
  })
}
