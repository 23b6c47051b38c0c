import { beforeAll, describe, expect, test } from 'vitest'
import { mailedKey } from '../../test/support/mailed-key.ts'
import { standingClock, testServices, type TestServices } from '../../test/support/services.ts'
import { fixed, makeShop, type Shop } from '../../test/support/shop.ts'
import {
  archiveProduct,
  createProduct,
  getProduct,
  setPrices,
  setStock,
  unpublishProduct,
  updateProduct,
  updateStore,
} from '../modules/catalog/index.ts'
import { sweepPayments } from '../modules/checkout/index.ts'
import { transaction } from '../platform/database/transaction.ts'
import { sql } from 'drizzle-orm'
import type { Locale } from '../shared/locale.ts'

let services: TestServices
let shop: Shop
const clock = standingClock(new Date().toISOString())

beforeAll(async () => {
  services = await testServices({ clock })
  shop = await makeShop(services)
  await updateStore(shop.ctx, {
    name: { ar: 'مكتب نورة', en: 'Noura’s Desk' },
    refundPolicy: { ar: 'نعيد المبلغ خلال **14 يومًا**.', en: 'Money back within **14 days**.' },
  })
})

/** A browser without scripts: follows redirects when told, keeps cookies, sends forms as the page holds them. */
function browser(app: Shop['app'] = shop.app) {
  const jar = new Map<string, string>()
  const fetchPage = async (path: string, form?: Record<string, string>) => {
    const headers: Record<string, string> = {}
    if (jar.size > 0) headers['cookie'] = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const sent =
      form === undefined ? { headers } : { method: 'POST', headers, body: new URLSearchParams(form) }
    const answer = await app.request(path, sent)
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      if (/Max-Age=0/i.test(line)) jar.delete(pair.slice(0, at))
      else jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return answer
  }
  const open = async (path: string) => (await fetchPage(path)).text()
  const send = async (path: string, form: Record<string, string>) => {
    const answer = await fetchPage(path, form)
    return { status: answer.status, to: answer.headers.get('location') ?? '', html: await answer.text() }
  }
  return { jar, fetchPage, open, send }
}

const home = (locale: Locale = 'ar') => `/${locale}/${shop.slug}`
const hidden = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
const ordersOf = async (address: string) =>
  (
    await shop.query<{ told: string }>(
      sql`SELECT split_part(email, '@', 1) || ' ' || status || ' ' || coalesce(cancel_reason, '-') AS told FROM orders
          WHERE workspace_id = ${shop.workspaceId} AND email LIKE ${`%${address}`} ORDER BY id`,
    )
  ).map(({ told }) => told)
const slugOf = async (id: string) => (await getProduct(shop.ctx, id)).slug

/** Puts a product into a new browser's cart and opens the checkout. */
async function atCheckout(productId: string, locale: Locale = 'ar') {
  const visitor = browser()
  await visitor.send(`${home(locale)}/-/cart`, { add: productId })
  const html = await visitor.open(`${home(locale)}/-/checkout`)
  const form = {
    key: hidden(html, 'key'),
    cart: hidden(html, 'cart'),
    total: hidden(html, 'total'),
    currency: hidden(html, 'currency'),
  }
  return { visitor, html, form }
}

describe('a purchase without scripts', () => {
  test.each(['ar', 'en'] as const)('goes from the product to the files in %s', async (locale) => {
    const productId = await shop.product()
    const visitor = browser()
    const product = await visitor.open(`${home(locale)}/${encodeURIComponent(await slugOf(productId))}`)
    expect(hidden(product, 'add')).toBe(productId)
    const added = await visitor.send(`${home(locale)}/-/cart`, { add: hidden(product, 'add') })
    expect([added.status, added.to]).toEqual([303, `${home(locale)}/-/cart?added=${productId}`])
    expect(await visitor.open(added.to)).toContain('<output class="note">')
    const checkout = await visitor.open(`${home(locale)}/-/checkout`)
    const ordered = await visitor.send(`${home(locale)}/-/checkout`, {
      key: hidden(checkout, 'key'),
      cart: hidden(checkout, 'cart'),
      total: hidden(checkout, 'total'),
      currency: hidden(checkout, 'currency'),
      email: ' Reem@Example.com ',
      name: 'ريم  عبد العزيز',
    })
    expect(ordered.status).toBe(303)
    const payment = new URL(ordered.to).pathname
    const paid = await visitor.send(payment, { action: 'pay' })
    const back = await visitor.fetchPage(pathOf(paid.to))
    const order = pathOf(back.headers.get('location') ?? '')
    await services.drain()
    const html = await visitor.open(order)
    expect(html).toContain('reem@example.com')
    expect(html).toMatch(/href="\/files\/[^"]+" download/)
    expect(html).not.toContain('data-waits')
    expect(html).toContain('/documents/')
    expect(visitor.jar.has('cart')).toBe(false)
    expect((await visitor.fetchPage(order)).headers.get('cache-control')).toBe('no-store')
  })

  test('sent twice is one order', async () => {
    const { visitor, form } = await atCheckout(await shop.product())
    const sent = { ...form, email: 'twice@example.com', name: 'Twice' }
    const [one, two] = await Promise.all([
      visitor.send(`${home()}/-/checkout`, sent),
      visitor.send(`${home()}/-/checkout`, sent),
    ])
    expect([one.status, two.status]).toEqual([303, 303])
    expect(two.to).toBe(one.to)
    const found = await shop.query<{ count: bigint }>(
      sql`SELECT count(*) FROM orders WHERE workspace_id = ${shop.workspaceId} AND email = 'twice@example.com'`,
    )
    expect(found[0]?.count).toBe(1n)
  })

  test('keeps what was typed and says beside the field what is wrong', async () => {
    const { visitor, form } = await atCheckout(await shop.product())
    const again = await visitor.send(`${home()}/-/checkout`, { ...form, email: 'reem@"><b>', name: '' })
    expect(again.status).toBe(422)
    expect(again.html).toContain('value="reem@&quot;&gt;&lt;b&gt;"')
    expect(again.html).toMatch(
      /id="email"[^>]*aria-invalid="true"[^>]*aria-describedby="email-error email-hint"/,
    )
    expect(again.html).toContain('id="email-error"')
    expect(again.html).toContain('id="name-error"')
    expect(hidden(again.html, 'key')).toBe(form.key)
  })

  test('asks again when the price has changed, and shows the new one', async () => {
    const productId = await shop.product([fixed('1000')])
    const { visitor, form } = await atCheckout(productId)
    await setPrices(shop.ctx, productId, { prices: [fixed('2500')] })
    const again = await visitor.send(`${home()}/-/checkout`, { ...form, email: 'a@example.com', name: 'A' })
    expect(again.status).toBe(409)
    expect(hidden(again.html, 'total')).toBe('2500')
    expect(again.html).toContain('value="a@example.com"')
  })

  test('leads back to the cart when the last copy was sold', async () => {
    const productId = await shop.product([fixed('1000')], 1)
    const { visitor, form } = await atCheckout(productId)
    await setStock(shop.ctx, productId, { limit: 0 })
    const again = await visitor.send(`${home()}/-/checkout`, { ...form, email: 'a@example.com', name: 'A' })
    expect([again.status, again.to]).toEqual([303, `${home()}/-/cart?did=sold-out`])
    const cart = await visitor.open(again.to)
    expect(cart).toContain('role="alert"')
    expect(cart).not.toContain('/-/checkout"')
  })

  test('says of copies that somebody else’s unpaid order holds when to try again, and not that they are sold out', async () => {
    const productId = await shop.product([fixed('1000')], 1)
    const { visitor, form } = await atCheckout(productId)
    const held = await shop.order([{ productId }])
    const again = await visitor.send(`${home()}/-/checkout`, { ...form, email: 'a@example.com', name: 'A' })
    expect([again.status, again.to]).toEqual([303, `${home()}/-/cart?did=sold-out`])
    const cart = await visitor.open(again.to)
    const [, time = ''] = /أعد المحاولة عند ([^:]*:[^:]*):/u.exec(cart) ?? []
    expect(time).not.toBe('')
    expect(cart).not.toContain('نفدت الكمية')
    const [row] = await shop.query<{ slug: string }>(
      sql`SELECT slug FROM products WHERE workspace_id = ${shop.workspaceId} AND id = ${productId}`,
    )
    const page = await visitor.open(`${home()}/${encodeURIComponent(row?.slug ?? '')}`)
    expect(page).toContain('https://schema.org/OutOfStock')
    await shop.act(held.order, { action: 'pay' })
    await visitor.open(`${home()}/-/orders/${held.order.id}/return?key=${held.key}`)
    expect(await visitor.open(`${home()}/-/cart`)).toContain('نفدت الكمية')
  })

  test('that stopped at the payment page can be changed and tried again', async () => {
    const { visitor, form } = await atCheckout(await shop.product())
    await visitor.send(`${home()}/-/checkout`, { ...form, email: 'first@example.com', name: 'A' })
    const back = await visitor.open(`${home()}/-/checkout`)
    expect(hidden(back, 'cart')).not.toBe(form.cart)
    const other = await visitor.send(`${home()}/-/checkout`, {
      ...form,
      email: 'other@example.com',
      name: 'A',
    })
    expect(other.status).toBe(409)
    const mended = await visitor.send(`${home()}/-/checkout`, {
      ...form,
      key: hidden(other.html, 'key'),
      cart: hidden(other.html, 'cart'),
      email: 'other@example.com',
      name: 'A',
    })
    expect(mended.status).toBe(303)
  })

  test('of the last copy can be changed: its own order holds it, and the new one takes its place', async () => {
    const productId = await shop.product([fixed('1000')], 1)
    const { visitor, form } = await atCheckout(productId, 'en')
    const first = await visitor.send(`${home('en')}/-/checkout`, { ...form, email: 'a@last.com', name: 'A' })
    const cart = await visitor.open(`${home('en')}/-/cart`)
    expect(cart).not.toContain('Sold out')
    expect(cart).toMatch(/You have an order that waits for its payment.*href="[^"]*\/-\/orders\/[^"]*key=/s)
    const page = await browser().open(`${home('en')}/${encodeURIComponent(await slugOf(productId))}`)
    expect(page).toContain('are being held for buyers who have not paid yet')
    expect(page).not.toContain('have been sold')
    const again = await visitor.open(`${home('en')}/-/checkout`)
    const second = await visitor.send(`${home('en')}/-/checkout`, {
      ...form,
      key: hidden(again, 'key'),
      cart: hidden(again, 'cart'),
      email: 'b@last.com',
      name: 'A',
    })
    expect(second.status).toBe(303)
    expect(await ordersOf('last.com')).toEqual(['a cancelled buyer', 'b pending -'])
    const stranger = browser()
    await stranger.send(`${home('en')}/-/cart`, { add: productId })
    expect((await stranger.fetchPage(`${home('en')}/-/checkout`)).status).toBe(303)
    await visitor.send(new URL(second.to).pathname, { action: 'pay', delivery: 'lost' })
    await visitor.send(new URL(first.to).pathname, { action: 'pay', delivery: 'lost' })
    await sweepPayments(shop.ctx, { all: true })
    expect(await ordersOf('last.com')).toEqual(['a cancelled buyer', 'b paid -'])
    const returned = await shop.query(
      sql`SELECT FROM refunds r JOIN orders o ON o.workspace_id = r.workspace_id AND o.id = r.order_id
          WHERE r.workspace_id = ${shop.workspaceId} AND o.email = 'a@last.com' AND r.kind = 'surplus'`,
    )
    expect(returned).toHaveLength(1)
  })

  test.each(['on the order’s page', 'in the cart', 'at the checkout that stood open'])(
    'leaves what was paid in no cart that was filled again, as seen %s',
    async (where) => {
      const [productId, other] = [await shop.product(), await shop.product()]
      const { visitor, form } = await atCheckout(productId)
      const email = `${services.ids.next()}@paid.com`
      const placed = await visitor.send(`${home()}/-/checkout`, { ...form, email, name: 'A' })
      const open = await visitor.open(`${home()}/-/checkout`)
      if (where === 'in the cart') await visitor.send(`${home()}/-/cart`, { add: other })
      const paid = await visitor.send(new URL(placed.to).pathname, { action: 'pay' })
      if (where === 'at the checkout that stood open') {
        const sent = { ...form, key: hidden(open, 'key'), cart: hidden(open, 'cart'), email, name: 'A' }
        const refused = await visitor.send(`${home()}/-/checkout`, sent)
        expect([refused.status, refused.to]).toEqual([303, `${home()}/-/cart?did=cart-changed`])
      } else {
        const back = await visitor.fetchPage(pathOf(paid.to))
        if (where === 'on the order’s page') await visitor.open(pathOf(back.headers.get('location') ?? ''))
      }
      if (where === 'on the order’s page') expect(visitor.jar.has('cart')).toBe(false)
      const cart = await visitor.open(`${home()}/-/cart`)
      expect(cart).not.toContain(`item-${productId}`)
      expect(cart.includes(`item-${other}`)).toBe(where === 'in the cart')
      expect(await ordersOf(email)).toHaveLength(1)
      await visitor.send(`${home()}/-/cart`, { add: productId })
      expect(await visitor.open(`${home()}/-/cart`)).toContain(`item-${productId}`)
    },
  )

  test('that was declined offers another try', async () => {
    const { visitor, form } = await atCheckout(await shop.product())
    const ordered = await visitor.send(`${home()}/-/checkout`, { ...form, email: 'd@example.com', name: 'D' })
    const declined = await visitor.send(new URL(ordered.to).pathname, { action: 'decline' })
    const back = await visitor.fetchPage(pathOf(declined.to))
    const html = await visitor.open(pathOf(back.headers.get('location') ?? ''))
    const retry = /action="([^"]*\/payments[^"]*)"/.exec(html)?.[1] ?? ''
    const again = await visitor.send(retry.replaceAll('&amp;', '&'), {})
    expect(again.status).toBe(303)
    expect(again.to).toContain('/pay/test/')
  })
})

describe('the cart', () => {
  test('holds several products, and each once however often it is added', async () => {
    const [one, two] = [await shop.product(), await shop.product()]
    const visitor = browser()
    for (const add of [one, two, one]) await visitor.send(`${home()}/-/cart`, { add })
    const html = await visitor.open(`${home()}/-/cart`)
    expect(html.match(/name="quantity"/g)).toHaveLength(2)
    const changed = await visitor.send(`${home()}/-/cart`, { item: one, quantity: '٣' })
    expect(changed.to).toBe(`${home()}/-/cart?did=updated#item-${one}`)
    expect(await visitor.open(`${home()}/-/cart`)).toContain('value="3"')
    await visitor.send(`${home()}/-/cart`, { item: one, do: 'remove' })
    await visitor.send(`${home()}/-/cart`, { item: two, do: 'remove' })
    expect(await visitor.open(`${home()}/-/cart`)).toContain('سلتك فارغة')
  })

  test.each(['0', '-1', '1001', 'x', '1e3', '1.5', ''])(
    'keeps its quantity when %j is typed',
    async (typed) => {
      const productId = await shop.product()
      const visitor = browser()
      await visitor.send(`${home()}/-/cart`, { add: productId })
      const refused = await visitor.send(`${home()}/-/cart`, { item: productId, quantity: typed })
      expect(refused.to).toContain('problem=quantity-wrong')
      expect(await visitor.open(refused.to.split('#')[0] ?? '')).toContain(`id="wrong-${productId}"`)
    },
  )

  test('takes a chosen price in Arabic digits, and refuses less than the least', async () => {
    const minimum = { amount: '2000', currency: 'SAR' } as const
    const productId = await shop.product([{ mode: 'chosen', minimum }])
    const visitor = browser()
    const low = await visitor.send(`${home()}/-/cart`, { add: productId, price: '١٩٫٩٩' })
    expect(low.to).toContain('problem=amount-low')
    const page = await visitor.open(low.to.split('#')[0] ?? '')
    expect(page).toContain('value="١٩٫٩٩"')
    expect(page).toContain('id="price-error"')
    expect(page).toContain('content="noindex"')
    for (const price of ['', 'abc', '-5', '1'.repeat(40)]) {
      expect((await visitor.send(`${home()}/-/cart`, { add: productId, price })).to).toContain('problem=')
    }
    const added = await visitor.send(`${home()}/-/cart`, { add: productId, price: '٢٥' })
    expect(added.to).toContain('added=')
    expect(hidden(await visitor.open(`${home()}/-/checkout`), 'total')).toBe('2500')
  })

  test('of a made-up cookie is empty', async () => {
    const visitor = browser()
    visitor.jar.set('cart', `${shop.slug}:01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d5e:3`)
    expect(await visitor.open(`${home()}/-/cart`)).toContain('سلتك فارغة')
    expect(visitor.jar.has('cart')).toBe(false)
  })

  test('refuses a form that another site sends', async () => {
    const answer = await shop.app.request(`${home()}/-/cart`, {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
      body: `add=${await shop.product()}`,
    })
    expect(answer.status).toBe(403)
    expect(answer.headers.get('set-cookie')).toBeNull()
  })
})

describe('a page for everyone', () => {
  test('shows a change at once in the process that made it', async () => {
    const productId = await shop.product([fixed('1000')])
    const path = `${home('en')}/${encodeURIComponent(await slugOf(productId))}`
    const visitor = browser()
    expect(await visitor.open(path)).toContain('10.00')
    await setPrices(shop.ctx, productId, { prices: [fixed('7700')] })
    expect(await visitor.open(path)).toContain('77.00')
    await unpublishProduct(shop.ctx, productId)
    expect((await visitor.fetchPage(path)).status).toBe(404)
    await archiveProduct(shop.ctx, productId)
    expect((await visitor.fetchPage(path)).status).toBe(410)
  })

  test('shows a change of another process after a second', async () => {
    const productId = await shop.product()
    const path = `${home('en')}/${encodeURIComponent(await slugOf(productId))}`
    const visitor = browser()
    await visitor.open(path)
    await transaction(shop.ctx, (tx) =>
      tx.tx.client.query(
        `WITH other AS (UPDATE products SET title_en = 'From elsewhere' WHERE workspace_id = $1 AND id = $2)
         UPDATE stores SET revision = revision + 1 WHERE workspace_id = $1`,
        [shop.workspaceId, productId],
      ),
    )
    clock.advance(1_001)
    expect(await visitor.open(path)).toContain('From elsewhere')
  })

  test('never shows one visitor the cart of another', async () => {
    const productId = await shop.product()
    const path = `${home('en')}/${encodeURIComponent(await slugOf(productId))}`
    const buyer = browser()
    await buyer.send(`${home('en')}/-/cart`, { add: productId })
    expect(await buyer.open(path)).toContain('class="badge"')
    expect(await browser().open(path)).not.toContain('class="badge"')
  })

  test('is found by its old and its other spellings, at its own address', async () => {
    const productId = await shop.product()
    await updateProduct(shop.ctx, productId, { slug: 'دليل-الإدارة', shortSlug: 'management' })
    const visitor = browser()
    for (const spelling of ['management', 'دليل-الاداره'.replace('ه', 'ة')]) {
      const answer = await visitor.fetchPage(`${home()}/${encodeURIComponent(spelling)}`)
      expect([answer.status, answer.headers.get('location')]).toEqual([
        301,
        `${home()}/${encodeURIComponent('دليل-الإدارة')}`,
      ])
    }
  })

  test('runs nothing that a seller or a visitor wrote', async () => {
    const evil = '</script><script>alert(1)</script><img src=x onerror=alert(2)>"\'{{'
    const product = await createProduct(shop.ctx, {
      title: { ar: evil, en: evil },
      summary: { ar: evil, en: evil },
      description: { ar: `${evil}\n\n[x](javascript:alert(3))`, en: evil },
      faq: [{ question: { ar: evil, en: evil }, answer: { ar: evil, en: evil } }],
      slug: 'evil',
      prices: [fixed('100')],
    })
    const ready = await shop.product()
    await shop.query(
      sql`UPDATE products SET published_at = now() WHERE workspace_id = ${shop.workspaceId} AND id = ${product.id}`,
    )
    await updateProduct(shop.ctx, ready, { summary: { ar: 'قالب', en: 'Template' } })
    const visitor = browser()
    const query = encodeURIComponent(evil)
    for (const path of [
      `${home()}/evil`,
      `${home('en')}/evil`,
      home(),
      `${home()}?q=${query}`,
      `${home()}/${query}`,
    ]) {
      const html = await visitor.open(path)
      const scripts = [...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)
      const foreign = scripts.filter((tag) => !/type="(?:module|application\/ld\+json)"/.test(tag))
      expect(foreign).toEqual([])
      expect(html).not.toMatch(/<img src=x|href="javascript:|\son\w+="|style="/)
    }
  })

  test('says to search engines what it is, in both languages', async () => {
    const productId = await shop.product([fixed('1250')])
    const slug = encodeURIComponent(await slugOf(productId))
    const html = await browser().open(`${home('en')}/${slug}`)
    const origin = services.config.publicUrl
    expect(html).toContain(`<link rel="canonical" href="${origin}${home('en')}/${slug}"`)
    expect(html).toContain(`hreflang="ar" href="${origin}${home('ar')}/${slug}"`)
    const data = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(
      ([, json = '']) => JSON.parse(json) as { '@type': string; offers?: { price: string }[] },
    )
    expect(data.map((one) => one['@type'])).toEqual(['Product', 'BreadcrumbList', 'Organization'])
    expect(data[0]?.offers?.[0]).toMatchObject({ price: '12.50', priceCurrency: 'SAR' })
    const map = await browser().open(`/sitemaps/${shop.slug}.xml`)
    expect(map).toContain(`<loc>${origin}${home('ar')}/${slug}</loc>`)
    expect(await browser().open('/robots.txt')).toContain(`${origin}/sitemap.xml`)
    for (const path of ['/-/cart', '/-/purchases']) {
      expect(await browser().open(home() + path)).toContain('content="noindex"')
    }
  })

  test('about a problem is kind, in the language of its address', async () => {
    const visitor = browser()
    const ar = await visitor.fetchPage(`${home()}/nothing-here`)
    expect([ar.status, await ar.text()]).toEqual([404, expect.stringContaining('لم نجد هذه الصفحة')])
    expect(await visitor.open(`/en/no-such-store`)).toContain('could not be found')
    expect(
      (await visitor.fetchPage(`${home()}/-/orders/01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d5e?key=x`)).status,
    ).toBe(404)
    expect((await visitor.fetchPage(`${home()}/%E0%A4%A`)).status).toBe(404)
  })

  test('goes back only to pages of its own store after the currency was chosen', async () => {
    const visitor = browser()
    for (const back of ['https://evil.example', '//evil.example', `${home()}.evil`, '/dashboard']) {
      const sent = await visitor.send(`${home()}/-/currency`, { currency: 'KWD', back })
      expect([sent.status, sent.to]).toEqual([303, home()])
    }
    expect(
      (await visitor.send(`${home()}/-/currency`, { currency: 'KWD', back: `${home()}/-/cart` })).to,
    ).toBe(`${home()}/-/cart`)
    expect(visitor.jar.get('currency')).toBe('KWD')
    await visitor.send(`${home()}/-/currency`, { currency: 'XXX', back: '' })
    expect(visitor.jar.get('currency')).toBe('KWD')
  })
})

describe('my purchases', () => {
  test('answer every address alike, and open by a link that looking at does not use up', async () => {
    const visitor = browser()
    for (const email of ['nobody@example.com', 'reem@example.com']) {
      const sent = await visitor.send(`${home()}/-/purchases`, { email })
      expect([sent.status, sent.to]).toEqual([303, `${home()}/-/purchases?sent=1`])
    }
    expect((await visitor.send(`${home()}/-/purchases`, { email: 'x' })).status).toBe(422)
    await services.drain()
    const token = await mailedKey(services, shop, 'reem@example.com')
    expect(token).not.toBe('')
    const enter = `${home()}/-/purchases/enter`
    for (const _look of [1, 2])
      expect(hidden(await visitor.open(`${enter}?token=${token}`), 'token')).toBe(token)
    expect((await visitor.send(enter, { token })).to).toBe(`${home()}/-/purchases`)
    const list = await visitor.open(`${home()}/-/purchases`)
    expect(list).toContain('reem@example.com')
    expect(list).toMatch(/-\/orders\/[^"]+key=/)
    expect((await browser().send(enter, { token })).status).toBe(403)
    await visitor.send(`${home()}/-/purchases/leave`, {})
    expect(await visitor.open(`${home()}/-/purchases`)).not.toContain('reem@example.com')
  })
})

function pathOf(location: string): string {
  const url = new URL(location, services.config.publicUrl)
  return url.pathname + url.search
}
