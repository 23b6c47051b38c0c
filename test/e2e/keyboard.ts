import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'

/** The languages that a journey is made in. */
export type Locale = 'ar' | 'en'

/** The texts of a language by their keys. */
export type Say = (key: string) => string

type Tree = { [name: string]: string | Tree }

const root = join(import.meta.dirname, '../..')

/** How long anything on a screen may take to come. */
export const waitMs = 15_000

/** The catalogue's texts of a language by their keys: a journey is the same in both. */
export async function textsOf(locale: Locale): Promise<Say> {
  const files = ['common', 'dashboard', 'storefront'].map((name) => `messages/${locale}/${name}.json`)
  const trees = await Promise.all(
    files.map(async (file) => JSON.parse(await readFile(join(root, file), 'utf8')) as Tree),
  )
  const all: Tree = Object.fromEntries(trees.flatMap((tree) => Object.entries(tree)))
  return (key) => {
    let found: string | Tree | undefined = all
    for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined
    if (typeof found !== 'string') throw new Error(`there is no text ${key}`)
    return found
  }
}

/** Goes on with the tab key until a thing has the focus, as somebody does who has no mouse. */
export async function reach(page: Page, target: Locator): Promise<void> {
  await target.waitFor({ timeout: waitMs })
  for (let steps = 0; steps < 150; steps++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not come to ${target.toString()}`)
}

/** Comes to a thing by the keyboard and presses it. */
export async function press(page: Page, target: Locator): Promise<void> {
  await reach(page, target)
  await page.keyboard.press('Enter')
}

/** Comes to a field by the keyboard and types. */
export async function type(page: Page, target: Locator, text: string): Promise<void> {
  await reach(page, target)
  await page.keyboard.type(text)
}

/** The first button or link of a name. */
export function named(page: Page, role: 'button' | 'link', name: string | RegExp): Locator {
  return page.getByRole(role, { name }).first()
}
