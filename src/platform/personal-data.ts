import { sql, type SQL } from 'drizzle-orm'

/** Whose data it is that is taken along or erased. */
export type Buyer = {
  workspaceId: string
  email: string
  names: readonly string[]
  orderIds: readonly string[]
}

/** A person of the workspace. */
export type Member = { workspaceId: string; userId: string; email: string }

/** What stands in the place of a person who was erased. The name of the domain can never exist (RFC 2606). */
export const ERASED = { email: 'erased@erased.invalid', name: '—' } as const

/**
 * What becomes of a personal column when its person is erased:
 * `row`: the whole row goes · `email`, `name`: ERASED stands there · `empty`, `null` · `within`, `within json`: the person's
 * address and names are replaced inside a longer text · `kept: why` · `seller`: it is the workspace's own, told to the public
 * or to its staff · `account`: it goes with the person's account, which is theirs and not the workspace's.
 */
export type Fate =
  | 'row'
  | 'email'
  | 'name'
  | 'empty'
  | 'null'
  | 'within'
  | 'within json'
  | `kept: ${string}`
  | 'seller'
  | 'account'
  | 'own'

/**
 * What one table holds about people. Every module declares its own in `personal.ts`; a test finds a column that looks
 * personal, or that holds a buyer's name or address after a sale, and is in no declaration.
 */
export type PersonalTable = {
  readonly table: string
  readonly columns: Readonly<Record<string, Fate>>
  /** The rows about a buyer, as a condition; the workspace is added. */
  readonly buyer?: (who: Buyer) => SQL
  /** The rows about a member. */
  readonly member?: (who: Member) => SQL
  /** Secrets and proofs: part of no archive. */
  readonly secret?: readonly string[]
  /** The table belongs to people and not to a workspace. */
  readonly ofPeople?: true
}

/** `column = ANY (ids)`, for a table's `buyer`. */
export function isOneOf(column: string, ids: readonly string[]): SQL {
  return sql`${sql.identifier(column)} = ANY (${sql.param(ids)}::uuid[])`
}

/** A text of the row names the person: for tables that hold whole answers and messages. */
export function mentions(column: string, { email }: { email: string }): SQL {
  return sql`position(${email}::text in ${sql.identifier(column)}::text) > 0`
}

/** The statement that erases a buyer from one table, or none where all of it is kept. */
export function erasureOf({ table, columns, buyer }: PersonalTable, who: Buyer): SQL | undefined {
  if (buyer === undefined) return undefined
  const where = sql`workspace_id = ${who.workspaceId} AND ${buyer(who)}`
  const fates = Object.entries(columns)
  if (fates.some(([, fate]) => fate === 'row'))
    return sql`DELETE FROM ${sql.identifier(table)} WHERE ${where} RETURNING 1`
  const sets = fates.flatMap(([column, fate]) => {
    const value = valueOf(column, fate, who)
    return value === undefined ? [] : [sql`${sql.identifier(column)} = ${value}`]
  })
  if (sets.length === 0) return undefined
  return sql`UPDATE ${sql.identifier(table)} SET ${sql.join(sets, sql`, `)} WHERE ${where} RETURNING 1`
}

/** The statement that erases what is a member's own in one table, or none where nothing is. */
export function erasureOfOwn({ table, columns, member }: PersonalTable, who: Member): SQL | undefined {
  if (member === undefined || !Object.values(columns).includes('own')) return undefined
  return sql`DELETE FROM ${sql.identifier(table)} WHERE workspace_id = ${who.workspaceId} AND ${member(who)}`
}

function valueOf(column: string, fate: Fate, who: Buyer): SQL | undefined {
  switch (fate) {
    case 'email':
      return sql`${ERASED.email}`
    case 'name':
      return sql`${ERASED.name}`
    case 'empty':
      return sql`''`
    case 'null':
      return sql`NULL`
    case 'within':
      return replaced(column, who, ':')
    case 'within json':
      return sql`${replaced(column, who, ': ')}::jsonb`
    default:
      return undefined
  }
}

/**
 * The text of a column with the address replaced wherever it stands, and the names where they are the whole value of a
 * field: a short name is part of many words. `colon` is how the text divides a field from its value.
 */
function replaced(column: string, { email, names }: Buyer, colon: string): SQL {
  const values = names.map((name) => [name, ERASED.name].map((one) => `${colon}${JSON.stringify(one)}`))
  const pairs = [[email, ERASED.email], ...values]
  return pairs.reduce(
    (text, [from, to]) => sql`replace(${text}, ${from}::text, ${to}::text)`,
    sql`${sql.identifier(column)}::text`,
  )
}

/** What the platform itself keeps about people. */
export const personal: readonly PersonalTable[] = [
  {
    table: 'messages',
    columns: {
      to_email: 'row',
      to_name: 'row',
      subject: 'row',
      html: 'row',
      text: 'row',
      attachments: 'row',
      from_name: 'seller',
      reply_to: 'seller',
      last_error: 'row',
      dedupe_key: 'row',
      message_id: 'row',
    },
    buyer: ({ email }) => sql`to_email = ${email}`,
    secret: ['secret'],
    member: ({ email }) => sql`to_email = ${email}`,
  },
  {
    // The answer that the same request gets again names the buyer of an order, and some scopes an address.
    table: 'idempotency_keys',
    columns: { answer: 'row', scope: 'row' },
    buyer: (who) => sql`(${mentions('answer', who)} OR ${mentions('scope', who)})`,
    secret: ['request_hash', 'key'],
  },
]
