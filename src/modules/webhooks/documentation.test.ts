import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { announcements as catalogue } from '../catalog/announcements.ts'
import { announcements as sales } from '../checkout/announcements.ts'
import { RIGHTS } from '../../platform/authorise.ts'
import { PAUSES_MS } from './rules/backoff.ts'

const text = readFileSync(join(import.meta.dirname, '../../../docs/webhooks.md'), 'utf8')

test('the documentation shows every event as it is sent', () => {
  const shown = [...text.matchAll(/### ([a-z._]+)\n\n(.+)\n\n```json\n([\s\S]+?)\n```/g)]
  const told = [...sales, ...catalogue].map(({ type, summary, example }) => ({
    type,
    summary,
    body: { type, timestamp: '2026-03-01T09:30:00.000Z', data: example },
  }))
  expect(
    shown.map(([, type, summary, json]) => ({ type, summary, body: JSON.parse(json ?? '') as unknown })),
  ).toEqual(told)
})

test('the documentation tells the pauses and the rights that there are', () => {
  const hours = PAUSES_MS.slice(3).map((ms) => ms / 3_600_000)
  expect(text.replaceAll('\n', ' ')).toContain(
    `5 seconds, 5 and 30 minutes, ${hours.slice(0, -1).join(', ')} and ${hours.at(-1)} hours`,
  )
  for (const [, right] of text.matchAll(/`(webhooks:\w+)`/g)) expect(RIGHTS).toContain(right)
})
