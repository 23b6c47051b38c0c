import { expect, test } from 'vitest'
import { reachHint } from './reach.ts'

test('who listens to the own machine alone is told how to be reached, and nobody else', () => {
  const local = { host: '127.0.0.1', port: 4010, publicUrl: 'http://localhost:4010' }
  expect(reachHint(local)).toMatch(/^PUBLIC_URL=http:\/\/[\w.]+:4010 npm start$/)
  expect(reachHint({ ...local, host: '0.0.0.0' })).toBeUndefined()
  // Behind a proxy on the same machine.
  expect(reachHint({ ...local, publicUrl: 'https://store.example' })).toBeUndefined()
})
