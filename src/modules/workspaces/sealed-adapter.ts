import type { drizzleAdapter } from 'better-auth/adapters/drizzle'
import type { Secrets } from '../../platform/secrets.ts'
import { isSealed, replaceText } from '../../platform/sealing/envelope.ts'
import { openInner, rowOf, sealed } from './operations/sealed.ts'

type Adapter = ReturnType<ReturnType<typeof drizzleAdapter>>
type Transaction = Parameters<Parameters<Adapter['transaction']>[0]>[0]
type Factor = { userId: string; secret: string; backupCodes: string }

const MODEL = 'twoFactor'

/** Shows better-auth second factors without the envelope that they are kept in. It never makes one, `sealFactor` does. */
export function openingAdapter(adapter: Adapter, secrets: Secrets): Adapter {
  return {
    ...adapter,
    ...opening(adapter, secrets),
    transaction: (work) => adapter.transaction((inside) => work({ ...inside, ...opening(inside, secrets) })),
  }
}

type Reading = Pick<Transaction, 'findOne' | 'incrementOne'>
type Query = Parameters<Transaction['incrementOne']>[0]

function opening(inner: Transaction, secrets: Secrets): Reading {
  return {
    findOne: <T>(query: Parameters<Transaction['findOne']>[0]): Promise<T | null> =>
      inner
        .findOne<T>(query)
        .then((found) =>
          query.model === MODEL && isFactor(found) ? { ...found, ...openBoth(secrets, found) } : found,
        ),
    incrementOne: async <T>(query: Query): Promise<T | null> => {
      const codes = query.set?.['backupCodes']
      if (query.model !== MODEL || typeof codes !== 'string') return inner.incrementOne<T>(query)
      const kept = await keptCodes(inner, secrets, query)
      return kept === undefined ? null : inner.incrementOne<T>(kept)
    },
  }
}

/** A recovery code is used up, if the codes are still those that were looked at: the query in what is kept of them. */
async function keptCodes(inner: Transaction, secrets: Secrets, query: Query): Promise<Query | undefined> {
  const looked = query.where.find(({ field }) => field === 'backupCodes')
  if (looked === undefined) return undefined
  const others = query.where.filter((one) => one !== looked)
  const kept = await inner.findOne<unknown>({ model: MODEL, where: others })
  if (!isFactor(kept) || openBoth(secrets, kept).backupCodes !== looked.value) return undefined
  const fewer = replaced(secrets, kept, String(query.set?.['backupCodes']))
  return {
    ...query,
    where: [...others, { ...looked, value: kept.backupCodes }],
    set: { ...query.set, backupCodes: fewer },
  }
}

function openBoth(secrets: Secrets, { userId, secret, backupCodes }: Factor) {
  return {
    secret: openInner(secrets, { userId, column: 'secret' }, secret),
    backupCodes: openInner(secrets, { userId, column: 'backup_codes' }, backupCodes),
  }
}

/** Fewer codes in the envelope that they were in: no other key is asked for. */
function replaced(secrets: Secrets, { userId, backupCodes }: Factor, text: string): string {
  if (!isSealed(backupCodes)) return text
  const place = sealed.place(rowOf({ userId, column: 'backup_codes' }))
  return replaceText(secrets.keyring, place, { sealed: backupCodes, text })
}

function isFactor(found: unknown): found is Factor {
  return (
    typeof found === 'object' &&
    found !== null &&
    'userId' in found &&
    'secret' in found &&
    'backupCodes' in found
  )
}
