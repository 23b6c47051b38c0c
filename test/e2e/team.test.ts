import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareServer } from '../faults/support/server.ts'
import { openBrowser } from '../support/browser.ts'

const password = 'a river of many streams'
let server: Awaited<ReturnType<typeof prepareServer>>
let browser: Browser
let owner: Page

const words = {
  ar: {
    invite: 'دعوة عضو',
    mail: 'البريد الإلكتروني',
    send: 'إرسال الدعوة',
    kept: 'حفظته',
    name: 'اسمك',
    password: 'كلمة المرور',
    join: 'إنشاء الحساب والانضمام',
    changeRole: 'تغيير الدور',
    support: 'دعم',
    save: 'حفظ',
    remove: 'إزالة',
    prove: 'إثبات السجل',
    whole: 'السجل سليم',
    none: 'لست عضوًا في أي مساحة عمل',
  },
  en: {
    invite: 'Invite somebody',
    mail: 'E-mail address',
    send: 'Send the invitation',
    kept: 'I have kept it',
    name: 'Your name',
    password: 'Password',
    join: 'Make the account and join',
    changeRole: 'Change the role',
    support: 'Support',
    save: 'Save',
    remove: 'Remove',
    prove: 'Prove the log',
    whole: 'The log is whole',
    none: 'You belong to no workspace',
  },
} as const

beforeAll(async () => {
  server = await prepareServer()
  await server.start()
  browser = await openBrowser()
  const link = (await readFile(join(server.dataDir, 'setup-link'), 'utf8')).trim()
  const setUp = await fetch(`${server.url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token: link.split('#')[1],
      name: 'سلمى العلي',
      email: 'salma@example.com',
      password,
      storeNameAr: 'متجر سلمى',
      storeNameEn: 'Salma',
      currency: 'KWD',
      locale: 'ar',
    }),
  })
  expect(setUp.status).toBe(201)
}, 180_000)

afterAll(async () => {
  await browser.close()
  await server.close()
})

describe.each([
  { locale: 'ar', theme: 'light', width: 1440 },
  { locale: 'en', theme: 'dark', width: 390 },
] as const)('in $locale, $theme, $width pixels wide', ({ locale, theme, width }) => {
  const say = words[locale]
  const email = `guest-${locale}@example.com`
  let contexts: BrowserContext[] = []
  let guest: Page

  const open = async (): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme, locale })
    await context.addInitScript(
      (chosen) => {
        localStorage.setItem('rafid.preferences', JSON.stringify(chosen))
      },
      { locale, theme, numerals: 'latn', calendar: 'gregorian' },
    )
    contexts.push(context)
    return context.newPage()
  }
  beforeAll(async () => {
    owner = await open()
    await owner.goto(`${server.url}/dashboard/sign-in?from=/dashboard/settings/members`)
    await owner.locator('input[type=email]').fill('salma@example.com')
    await owner.locator('input[autocomplete=current-password]').fill(password)
    await owner.locator('form button[type=submit]').click()
    await owner.waitForURL(/settings\/members/)
  }, 60_000)
  afterAll(async () => {
    for (const context of contexts) await context.close()
    contexts = []
  })

  test('an owner invites, a guest makes an account and works there', async () => {
    await owner.getByRole('button', { name: say.invite }).click()
    await owner.getByLabel(say.mail, { exact: true }).fill(email)
    await judge(owner, `invite-${locale}`)
    await owner.getByRole('button', { name: say.send }).click()
    // The server has no mail server, so the owner hands the link over.
    const link = await owner.locator('input[readonly]').inputValue()
    expect(link).toContain('/dashboard/invitation#')
    await judge(owner, `link-${locale}`)
    await owner.getByRole('button', { name: say.kept }).click()
    await owner.getByText(email).waitFor()
    await judge(owner, `members-${locale}`)

    guest = await open()
    await guest.goto(link)
    await guest.getByLabel(say.name, { exact: true }).fill(locale === 'ar' ? 'سارة' : 'Sara')
    await guest.locator('input[autocomplete=new-password]').fill('lanterns over wet tiles')
    await judge(guest, `join-${locale}`)
    await guest.getByRole('button', { name: say.join }).click()
    await guest.waitForURL(/\/dashboard\/?$/)
    await guest.locator('#main h1').waitFor()
    await judge(guest, `joined-${locale}`)
  }, 60_000)

  test('the owner gives another role, and takes the member out; the guest is told', async () => {
    await owner.reload()
    const row = owner.getByRole('row').filter({ hasText: email })
    await row.getByRole('button').click()
    await owner.getByRole('menuitem', { name: say.changeRole }).click()
    await owner.locator('label.check').filter({ hasText: say.support }).click()
    await judge(owner, `role-${locale}`)
    await owner.getByRole('button', { name: say.save, exact: true }).click()
    await row.getByText(say.support, { exact: true }).first().waitFor()
    await row.getByRole('button').click()
    await owner.getByRole('menuitem', { name: say.remove }).click()
    await judge(owner, `remove-${locale}`)
    await owner.getByRole('button', { name: say.remove, exact: true }).click()
    await row.waitFor({ state: 'detached' })
    await guest.reload()
    await guest.getByRole('heading', { name: say.none }).first().waitFor()
    await judge(guest, `none-${locale}`)
  }, 60_000)

  test('the log tells of all of it, and is proven', async () => {
    await owner.goto(`${server.url}/dashboard/settings/audit`)
    await owner.getByRole('button', { name: say.prove }).click()
    await owner.getByText(say.whole).waitFor()
    await judge(owner, `audit-${locale}`)
    const main = await owner.locator('main').innerText()
    // All names of actions are in the reader's language.
    expect(main).not.toMatch(/\b[a-z]+\.[a-z]+\b(?!\.com)/)
    await owner.goto(`${server.url}/dashboard/settings/tokens`)
    await owner.getByRole('table').waitFor()
    await judge(owner, `tokens-${locale}`)
  }, 60_000)
})

/** What was read out a moment ago is named by a button that may be gone; that is not on the screen. */
async function judge(page: Page, name: string): Promise<void> {
  const folder = process.env['TEST_PICTURES']
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) })
  const { violations } = await new AxeBuilder({ page }).exclude('[data-live-announcer]').analyze()
  expect(
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)),
  ).toEqual([])
}
