/** The technical names that the guide quotes; they are the same in both languages. */
export const guideValues = {
  bearer: 'Authorization: Bearer rafid_…',
  workspace: 'Rafid-Workspace',
  money: '{ "amount": "1999", "currency": "KWD" }',
  key: 'Idempotency-Key',
  limit: 'limit',
  items: 'items',
  next: 'next',
  after: 'after',
  retry: 'Retry-After',
  problem: 'application/problem+json',
  language: 'Accept-Language',
  errors: 'errors',
  time: '2026-03-01T09:30:00.000Z',
}
