import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareServer } from '../faults/support/server.ts'
import { openBrowser } from '../support/browser.ts'
import { linkIn, startMailServer, type TestMailServer } from '../support/mail-server.ts'

const email = 'salma@example.com'
const password = 'a-river-of-many-streams-27'

let mail: TestMailServer
let server: Awaited<ReturnType<typeof prepareServer>>
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  mail = await startMailServer()
  server = await prepareServer({ SMTP_URL: mail.url, MAIL_FROM: 'mail@shop.example' }, 'localhost')
  await server.start()
  browser = await openBrowser()
  context = await browser.newContext({ locale: 'en', viewport: { width: 1280, height: 900 } })
  page = await context.newPage()
}, 180_000)

afterAll(async () => {
  await browser.close()
  await server.close()
  mail.close()
})

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
const field = (name: string | RegExp) => page.getByRole('textbox', { name })
/** A part of the security screen by its title. */
const card = (title: string) =>
  page.locator('section.card', { has: page.getByRole('heading', { name: title }) })

async function judge(): Promise<void> {
  await page.locator('main h1').first().waitFor()
  // What React Aria reads out for a moment is not on the page.
  const { violations } = await new AxeBuilder({ page }).exclude('[data-live-announcer]').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([])
}

async function look(name: string): Promise<void> {
  const folder = process.env['PICTURES']
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

/** Waits for a mail with a link to a page, and gives the link. */
async function mailed(path: string): Promise<string> {
  const found = () => mail.received.map(linkIn).findLast((link) => link.includes(path))
  await expect.poll(found, { timeout: 10_000 }).toBeDefined()
  return found() ?? ''
}

async function signOut(): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).first().click()
  await page.waitForURL(/sign-in/)
}

async function givePassword(): Promise<void> {
  await page.locator('input[type=email]').fill(email)
  await page.locator('input[type=password]').fill(password)
  await button('Sign in').click()
}

/** A code of an authenticator app for the key that the page shows. */
function appCode(key: string, steps = 0): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(key.replaceAll(' ', ''), (letter) =>
    alphabet.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('')
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const digest = createHmac('sha1', secret).update(counter).digest()
  const at = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

test('the set-up link makes owner, workspace and an empty store in well under a minute, once', async () => {
  const link = (await readFile(join(server.dataDir, 'setup-link'), 'utf8')).trim()
  const start = performance.now()
  await page.goto(link)
  await field('Your name').fill('سلمى')
  await page.locator('input[type=email]').fill(email)
  await page.locator('input[type=password]').fill(password)
  await field('Store name in English').fill('Salma')
  await judge()
  await button('Open the store').click()
  await page.waitForURL(/\/dashboard\/$/)
  await page.locator('main h1').waitFor()
  const tookMs = performance.now() - start
  const store = await page.request.get(`${server.url}/en/salma`)
  expect(store.status()).toBe(200)
  // What is left of the minute is for a person’s typing.
  expect(tookMs).toBeLessThan(15_000)
  const again = await browser.newPage()
  await again.goto(link)
  await again.getByRole('heading', { name: /already set up|جاهز|مُعدّ|أُعدّ/ }).waitFor()
  await again.close()
}, 60_000)

test('the dashboard’s first load stays light', async () => {
  const other = await browser.newContext({ storageState: await context.storageState(), locale: 'ar' })
  const first = await other.newPage()
  const sizes: Promise<number>[] = []
  first.on('requestfinished', (request) => {
    sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
  })
  await first.goto(`${server.url}/dashboard/`)
  await first.waitForLoadState('networkidle')
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  expect(sizes.length).toBeGreaterThan(10)
  // As it comes over the line, scripts, style, typefaces and answers together.
  expect(bytes).toBeLessThan(250_000)
  await other.close()
}, 60_000)

test('the address is confirmed by the mailed link', async () => {
  await page.goto(`${server.url}/dashboard/settings/security`)
  await card('E-mail address').getByText('Not confirmed').waitFor()
  await judge()
  await look('security-en')
  await button('Mail me a link to confirm it').click()
  await page.goto(await mailed('confirm-email'))
  await judge()
  await button('Confirm the address').click()
  await page.getByText(`From now on you sign in with`).waitFor()
  expect(page.url()).not.toContain('#')
  await page.goto(`${server.url}/dashboard/settings/security`)
  await card('E-mail address').getByText('Confirmed', { exact: true }).waitFor()
}, 60_000)

test('a passkey is made, named, signs in without a password, and proves again who one is', async () => {
  const client = await context.newCDPSession(page)
  await client.send('WebAuthn.enable')
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await card('Passkeys').getByRole('button', { name: 'Add a passkey' }).click()
  await field('Name').fill('My laptop')
  await look('passkey-name-en')
  await button('Make it').click()
  await card('Passkeys').getByText('My laptop').waitFor()
  await button('Rename').click()
  await field('Name').fill('Laptop at work')
  await button('Save').click()
  await card('Passkeys').getByText('Laptop at work').waitFor()
  expect((await client.send('WebAuthn.getCredentials', { authenticatorId })).credentials).toHaveLength(1)

  await signOut()
  await judge()
  await button('Sign in with a passkey').click()
  await page.waitForURL(/\/dashboard\/$/)

  // As if it had been a while: what matters most then wants the person again, and goes on by itself.
  await server.query("UPDATE sessions SET created_at = created_at - interval '20 minutes'")
  await page.waitForTimeout(1_100)
  await page.goto(`${server.url}/dashboard/settings/security`)
  await card('Passkeys').getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('heading', { name: 'Is it really you?' }).waitFor()
  await judge()
  await look('fresh-en')
  await button('Use a passkey').click()
  await card('Passkeys').getByText('Laptop at work').waitFor({ state: 'detached' })

  // It opens nothing any more, though the device still has it.
  await signOut()
  await button('Sign in with a passkey').click()
  await page.getByText('This passkey does not fit').waitFor()
  await client.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await client.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })
  await givePassword()
  await page.waitForURL(/\/dashboard\/$/)
}, 90_000)

let key = ''
let codes: string[] = []

test('the second step is switched on with a picture or a key, and its recovery codes are shown once', async () => {
  await page.goto(`${server.url}/dashboard/settings/security`)
  await card('Second step').getByRole('button', { name: 'Switch on' }).click()
  const picture = page.getByRole('dialog').locator('img')
  await picture.waitFor()
  expect(await picture.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(0)
  key = await page.locator('code.key').innerText()
  await judge()
  await look('enrol-en')
  await page.getByRole('dialog').getByRole('textbox').fill(appCode(key, -1))
  await page.getByRole('dialog').getByRole('button', { name: 'Switch on' }).click()
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
  codes = await page.locator('.codes li').allInnerTexts()
  expect(codes).toHaveLength(10)
  await judge()
  await look('codes-en')
  await button('I have kept them').click()
  await card('Second step').getByText('10 recovery codes are left.').waitFor()
  expect(await page.content()).not.toContain(codes[0])
}, 60_000)

test('signing in wants the code, or a recovery code', async () => {
  await signOut()
  await givePassword()
  await page.getByRole('heading', { name: 'One more step' }).waitFor()
  await judge()
  await look('second-step-en')
  await field('Code').fill('000000')
  await button('Continue').click()
  await page.getByText('This code does not fit').waitFor()
  await field('Code').fill(appCode(key))
  await button('Continue').click()
  await page.waitForURL(/\/dashboard\/$/)
  await signOut()
  await givePassword()
  await field('Code').fill((codes[0] ?? '').toUpperCase())
  await button('Continue').click()
  await page.waitForURL(/\/dashboard\/$/)
}, 60_000)

test('who forgot the password comes back by mail, and everybody else is out', async () => {
  const other = await browser.newContext({ storageState: await context.storageState() })
  await signOut()
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await judge()
  await page.locator('input[type=email]').fill(email)
  await button('Send the link').click()
  await page.getByText('Look into your mailbox').waitFor()
  await look('forgot-en')
  await page.goto(await mailed('new-password'))
  await judge()
  await page.locator('input[type=password]').fill('a-lake-of-quiet-hours-31')
  await button('Save the password').click()
  await page.getByRole('heading', { name: 'Your new password is set' }).waitFor()
  const session = await other.request.get(`${server.url}/api/v1/auth/session`)
  expect(session.status()).toBe(401)
  await other.close()
}, 60_000)

test('a mailed link signs in, and the second step is asked for all the same', async () => {
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Mail me a link instead' }).click()
  await page.locator('input[type=email]').fill(email)
  await button('Send the link').click()
  await page.goto(await mailed('sign-in-link'))
  await judge()
  await button('Sign in').click()
  await page.getByRole('heading', { name: 'One more step' }).waitFor()
  await field('Code').fill(codes[1] ?? '')
  await button('Continue').click()
  await page.waitForURL(/\/dashboard\/$/)
}, 60_000)

test('all of it in Arabic, without a word of the other language', async () => {
  const state = await context.storageState()
  const arabic = await browser.newContext({
    locale: 'ar',
    viewport: { width: 390, height: 844 },
    storageState: { ...state, origins: [] },
  })
  page = await arabic.newPage()
  for (const screen of [
    'settings/security',
    'sign-in',
    'forgot-password',
    'mail-link',
    'new-password#x',
    'sign-in-link#x',
    'confirm-email',
  ]) {
    await page.goto(`${server.url}/dashboard/${screen}`)
    await page.locator('main h1').first().waitFor()
    await page.waitForLoadState('networkidle')
    await judge()
    await look(`${screen.replaceAll(/[/#]/g, '-')}-ar`)
    const text = await page.evaluate(() => document.body.innerText)
    const stray = text.split('\n').filter((line) => /^[A-Za-z][a-z]+ [a-z]+/.test(line))
    expect([screen, stray]).toEqual([screen, []])
  }
  await arabic.close()
}, 90_000)
