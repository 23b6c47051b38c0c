import { DrizzleQueryError } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createLog, openLogStream } from './log.ts'

/** What is written when something is logged. */
function written(log: (to: ReturnType<typeof createLog>) => void): string {
  let text = ''
  log(createLog('info', { write: (line: string) => (text += line) }))
  return text
}

/** A failed statement as drizzle throws it, with what the database says about it. */
function failed(): Error {
  const cause = Object.assign(
    new Error('duplicate key value violates unique constraint "users_email_unique"'),
    {
      code: '23505',
      detail: 'Key (email)=(noura@example.com) already exists.',
      where: 'COPY users, line 1: noura@example.com',
    },
  )
  const values = ['noura@example.com', 'scrypt:5ecret\n    at home', 'نورة']
  return new DrizzleQueryError('insert into "users" values ($1, $2, $3)', values, cause)
}

test('a failed statement is logged without the values that it was given', () => {
  for (const err of [failed(), new Error('not registered', { cause: failed() })]) {
    const line = written((log) => log.error({ err }, 'request failed'))
    expect(line).not.toMatch(/noura@example|5ecret|نورة/)
    expect(line).toContain('users_email_unique')
  }
})

test('other errors keep their words, their code and their place', () => {
  const err = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  const line: unknown = JSON.parse(written((log) => log.warn({ err }, 'payment')))
  expect(line).toMatchObject({
    err: { type: 'Error', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
    msg: 'payment',
  })
  expect(JSON.stringify(line)).toContain('log.test.ts')
})

test('secrets under their own names are never written', () => {
  const line = written((log) => log.info({ token: 'rafid_x', buyer: { email: 'a@example.com' } }, 'x'))
  expect(line).not.toMatch(/rafid_x|a@example/)
})

test('a disk that is full costs lines, and not the process', () => {
  const log = createLog('info', openLogStream('/dev/full'))
  for (let line = 0; line < 100; line++)
    expect(() => log.info({ line }, 'nobody will read this')).not.toThrow()
})
