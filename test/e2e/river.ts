import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { named, press, type, type Say } from './keyboard.ts'

const STREAM = 'خدمات التصميم'

/** An amount in the digits of its person, and Enter: no more than that, and it is in the books. */
export async function enterInTenSeconds(page: Page, say: Say): Promise<void> {
  await press(page, named(page, 'link', say('dashboard.nav.streams')))
  await press(page, named(page, 'button', say('dashboard.streams.add')))
  await type(page, page.getByRole('dialog').locator('input[maxlength="120"]').first(), STREAM)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await press(page, named(page, 'button', say('dashboard.streams.money.enter')))
  const amount = page.getByRole('dialog').locator('input[inputmode=decimal]')
  await expect.poll(() => amount.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.type('١٬٢٥٠٫٥')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await standing(page)).toEqual([expect.stringMatching(/^income 125050+ /)])
}

type Entries = {
  items: {
    origin: string
    reversed: boolean
    parts: { kind: string; amount: { amount: string; currency: string } }[]
  }[]
}

/** What stands in the books of the stream and was not taken back, as the screens' own API says it. */
async function standing(page: Page): Promise<string[]> {
  const read = async <Answer>(path: string) => {
    const answer = await page.request.get(new URL(`/api/v1${path}`, page.url()).href)
    return (await answer.json()) as Answer
  }
  const { items: streams } = await read<{ items: { id: string; name: string }[] }>('/streams')
  const id = streams.find(({ name }) => name === STREAM)?.id ?? ''
  const { items } = await read<Entries>(`/streams/${id}/entries?limit=100`)
  return items
    .filter(({ origin, reversed }) => origin !== 'reversal' && !reversed)
    .flatMap(({ parts }) => parts.map(({ kind, amount }) => `${kind} ${amount.amount} ${amount.currency}`))
    .toSorted()
}
