import { eq } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { directoryTransaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { users } from '../tables.ts'

/** A person by their id. @throws NotFound */
export async function findPerson(ctx: Ctx, userId: string): Promise<{ name: string; email: string }> {
  const [person] = await directoryTransaction(ctx, (tx) =>
    tx.db.select({ name: users.name, email: users.email }).from(users).where(eq(users.id, userId)),
  )
  if (person === undefined) throw new NotFound()
  return person
}
