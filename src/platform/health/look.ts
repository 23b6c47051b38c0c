import type { Services } from '../ctx.ts'
import { checkDatabase, checkDurability, checkJobs, checkMigrations, checkRights } from './database-checks.ts'
import { finding, reasonOf, type Finding } from './finding.ts'
import { checkKeys } from './key-checks.ts'
import { checkAddress, checkClockJump, checkDisk, checkPermissions, checkStorage } from './machine-checks.ts'
import { checkBackups, checkMail, checkReplica } from './service-checks.ts'

/** Looks at one thing; what it throws counts as not to be found out. */
export type Check = (services: Services) => Promise<readonly Finding[]>

const PATIENCE_MS = 4_000

/** What a load balancer wants to know, asked often: cheap, and nothing but what changes by itself. */
const LIVE: Readonly<Record<string, Check>> = {
  database: checkDatabase,
  migrations: checkMigrations,
  disk: checkDisk,
  jobs: checkJobs,
  storage: checkStorage,
  mail: checkMail,
  replica: checkReplica,
  keys: checkKeys,
  'clock-jump': checkClockJump,
}

/** What is set up once and changes when somebody changes it. */
const SET_UP: Readonly<Record<string, Check>> = {
  durability: checkDurability,
  rights: checkRights,
  permissions: checkPermissions,
  address: checkAddress,
  backups: checkBackups,
}

/** Looks at what changes by itself. */
export function lookQuickly(services: Services): Promise<Finding[]> {
  return look(services, LIVE)
}

/** Looks at everything; `more` are checks that other parts of the program bring. */
export function lookThoroughly(
  services: Services,
  more: Readonly<Record<string, Check>> = {},
): Promise<Finding[]> {
  return look(services, { ...LIVE, ...SET_UP, ...more })
}

async function look(services: Services, checks: Readonly<Record<string, Check>>): Promise<Finding[]> {
  const found = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      try {
        return await inTime(check(services))
      } catch (error) {
        const unknown = finding(name, ['bad', 'unknown'], { reason: reasonOf(error) })
        return [{ ...unknown, vital: name === 'database' || name === 'disk' }]
      }
    }),
  )
  const all = found.flat()
  const away = all.some(({ check, state }) => check === 'database' && state === 'bad')
  // What is in the database cannot be found out then, and need not be said.
  return away
    ? all.filter(({ check, what }) => what !== 'unknown' || check === 'database' || check === 'disk')
    : all
}

/** Something that does not answer must not keep whoever asks from the rest. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS / 1_000} s`)), PATIENCE_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

const BELIEVED_MS = 2_000

/** The quick look, made at most every two seconds however often it is asked for. */
export function createQuickLook(services: Services): () => Promise<Finding[]> {
  let since = Number.NEGATIVE_INFINITY
  let latest: Promise<Finding[]> | undefined
  return () => {
    const now = performance.now()
    if (latest === undefined || now - since > BELIEVED_MS) {
      since = now
      latest = lookQuickly(services)
    }
    return latest
  }
}
