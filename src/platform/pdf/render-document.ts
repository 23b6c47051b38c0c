import { formatDate } from '../../shared/dates.ts'
import { dir } from '../../shared/locale.ts'
import { formatMoney, toDecimalString } from '../../shared/money.ts'
import { palette } from '../../shared/palette.ts'
import { t } from '../i18n/index.ts'
import { documentTemplate, pageTemplate } from './document-template.ts'
import { columnAmount, percentText } from './figures.ts'
import { pictureFormat } from '../pictures/picture-format.ts'
import { assertAddsUp, taxMinor, type Party, type SaleDocument, type SaleLine } from './sale-document.ts'
import { cleanLine, codeText, userText, type Json } from './text.ts'
import { typesetPdf } from './typst.ts'
import { utcParts } from './utc-parts.ts'
import { isSaudiVatNumber, zatcaQr } from './zatca-qr.ts'

const defaultAccent = palette.light.accent

/**
 * The document as a PDF of A4 pages, the same bytes whenever it is made again. Right to left and mirrored in Arabic;
 * the papers of a seller in Saudi Arabia have Arabic labels in English too, and the QR code of ZATCA's phase 1.
 * @throws if its amounts do not add up.
 */
export async function renderDocument(document: SaleDocument): Promise<Uint8Array> {
  assertAddsUp(document)
  const format = document.logo === undefined ? undefined : pictureFormat(document.logo)
  const logo = format === 'avif' ? undefined : format
  const path = logo === undefined ? undefined : `/logo.${logo}`
  return typesetPdf({
    source: pageTemplate + documentTemplate,
    data: { ...(await content(document)), logo: path ?? null },
    ...(path === undefined || document.logo === undefined ? {} : { pictures: { [path]: document.logo } }),
  })
}

type Content = { readonly [name: string]: Json }
type Label = readonly string[]

async function content(document: SaleDocument): Promise<Content> {
  const { locale, kind } = document
  const title = t(locale, `pdf.title.${kind}`)
  const say = labeller(document)
  return {
    lang: locale,
    dir: dir(locale),
    accent: /^#[0-9a-f]{6}$/i.test(document.accent ?? '') ? (document.accent ?? '') : defaultAccent,
    meta: {
      title: `${title} ${cleanLine(document.number)}`,
      author: cleanLine(document.seller.name),
      at: utcParts(document.issuedAt),
    },
    title: say(`title.${kind}`),
    facts: facts(document, say),
    seller: party(document.seller, say('seller'), say),
    buyer: party(document.buyer, say('buyer'), say),
    headline: headline(document),
    columns: columns(document, say),
    lines: document.lines.map((line) => lineRow(document, line)),
    sums: sums(document, say),
    total: { label: say(totalKey(document)), value: money(document, document.totalMinor) },
    qr: await qrPicture(document),
    qrAlt: t(locale, 'pdf.qr-alt'),
    notes: notes(document, say),
    footer: `${userText(document.seller.name)} · ${title} ${codeText(document.number)}`,
    pages: [t(locale, 'pdf.page'), t(locale, 'pdf.of')],
  }
}

type Say = (key: string) => Label

/** Labels in the document's language, with the Arabic ones beside English where Saudi law wants them. */
function labeller({ locale, seller }: SaleDocument): Say {
  const inArabicToo = locale === 'en' && seller.country === 'SA'
  return (key) => {
    const label = t(locale, `pdf.${key}`)
    return inArabicToo ? [label, t('ar', `pdf.${key}`)] : [label]
  }
}

function facts(document: SaleDocument, say: Say): Json[] {
  const { corrects, orderNumber, suppliedAt, issuedAt, paid } = document
  const list: Json[] = [{ label: say('number'), value: codeText(document.number) }, day('issued', issuedAt)]
  if (suppliedAt !== undefined) list.push(day('supplied', suppliedAt))
  if (paid !== undefined) list.push(day(document.kind === 'credit-note' ? 'refunded' : 'paid', paid.at))
  if (orderNumber !== undefined) list.push({ label: say('order'), value: codeText(orderNumber) })
  if (corrects !== undefined) {
    const second = formatDate(corrects.issuedAt, document.locale, { timeZone: document.timeZone })
    list.push({ label: say('corrects'), value: codeText(corrects.number), second })
  }
  return list

  function day(key: string, at: Date): Json {
    const value = formatDate(at, document.locale, { timeZone: document.timeZone })
    if (document.locale !== 'ar' || key !== 'issued') return { label: say(key), value }
    return {
      label: say(key),
      value,
      second: formatDate(at, 'ar', { calendar: 'hijri', timeZone: document.timeZone }),
    }
  }
}

function party(one: Party, label: Label, say: Say): Json {
  const lines = (one.address ?? []).map(userText)
  if (one.email !== undefined) lines.push(codeText(one.email))
  if (one.phone !== undefined) lines.push(codeText(one.phone))
  const numbers: Json[] = []
  if (one.taxNumber !== undefined) numbers.push({ label: say('tax-number'), value: codeText(one.taxNumber) })
  if (one.registrationNumber !== undefined)
    numbers.push({ label: say('registration-number'), value: codeText(one.registrationNumber) })
  return { label, name: userText(one.name), lines: lines.filter((line) => line !== ''), numbers }
}

function headline(document: SaleDocument): Json {
  const { paid, locale, timeZone } = document
  const at = paid === undefined ? document.issuedAt : paid.at
  const state = stateOf(document)
  return {
    amount: money(document, document.totalMinor),
    words: t(locale, `pdf.headline.${state}`, { date: formatDate(at, locale, { timeZone }) }),
  }
}

function stateOf({ kind, paid, totalMinor }: SaleDocument): 'free' | 'credited' | 'due' | 'paid' {
  if (totalMinor === 0n) return 'free'
  if (kind === 'credit-note') return 'credited'
  return paid === undefined ? 'due' : 'paid'
}

function columns(document: SaleDocument, say: Say): Json[] {
  const unit = isTaxed(document) && document.pricesIncludeTax ? 'column.unit-with-tax' : 'column.unit'
  const keys = isTaxed(document)
    ? ['column.quantity', unit, 'column.net', 'column.rate', 'column.tax', 'column.total']
    : ['column.quantity', unit, 'column.amount']
  return [{ label: say('column.item'), wide: true }, ...keys.map((key) => ({ label: say(key), wide: false }))]
}

function lineRow(document: SaleDocument, line: SaleLine): Json {
  const { locale, currency } = document
  const amount = (minor: bigint): string => columnAmount(minor, currency, locale)
  const details = line.detail === undefined ? [] : [userText(line.detail)]
  if (line.discountMinor !== undefined && line.discountMinor > 0n)
    details.push(t(locale, 'pdf.line-discount', { amount: amount(-line.discountMinor) }))
  const cells = isTaxed(document)
    ? [line.netMinor, percentText(line.taxRateBps, locale), line.taxMinor, line.totalMinor]
    : [line.totalMinor]
  return {
    title: userText(line.title),
    detail: details.length === 0 ? null : details.join(' · '),
    cells: [`\u2066${line.quantity}\u2069`, amount(line.unitMinor)].concat(
      cells.map((cell) => (typeof cell === 'bigint' ? amount(cell) : cell)),
    ),
  }
}

function sums(document: SaleDocument, say: Say): Json[] {
  const { locale, netMinor, taxes } = document
  const discount = document.lines.reduce((total, line) => total + (line.discountMinor ?? 0n), 0n)
  const list: Json[] = []
  if (discount > 0n) {
    list.push({ label: say('subtotal'), value: money(document, netMinor + discount) })
    const name = document.discountLabel === undefined ? '' : ` ${userText(document.discountLabel)}`
    list.push({ label: extended(say('discount'), name), value: money(document, -discount) })
  }
  if (isTaxed(document)) list.push({ label: say('net'), value: money(document, netMinor) })
  for (const tax of taxes) {
    const base = t(locale, 'pdf.tax-base', { amount: columnAmount(tax.baseMinor, document.currency, locale) })
    const rate = ` ${percentText(tax.rateBps, locale)}${taxes.length > 1 ? ` ${base}` : ''}`
    list.push({ label: extended(say('tax'), rate), value: money(document, tax.taxMinor) })
  }
  return list
}

/** A label with something added to its first language. */
function extended([first, ...others]: Label, addition: string): Label {
  return [`${first ?? ''}${addition}`, ...others]
}

function notes(document: SaleDocument, say: Say): Json[] {
  const { corrects, note, paid, taxes } = document
  const list: Json[] = []
  if (corrects?.reason !== undefined && corrects.reason !== '')
    list.push({ label: say('reason'), value: userText(corrects.reason) })
  if (paid?.method !== undefined) list.push({ label: say('method'), value: userText(paid.method) })
  const reasons = taxes.flatMap((tax) => (tax.note === undefined ? [] : [userText(tax.note)]))
  if (reasons.length > 0) list.push({ label: say('tax-note'), value: reasons.join(' · ') })
  if (note !== undefined && note !== '') list.push({ label: say('note'), value: userText(note) })
  return list
}

async function qrPicture(document: SaleDocument): Promise<string | null> {
  const { seller, totalMinor, currency, issuedAt } = document
  // What cost nothing was no supply for money, so its paper is no invoice.
  if (totalMinor === 0n) return null
  if (seller.country !== 'SA' || seller.taxNumber === undefined || !isSaudiVatNumber(seller.taxNumber))
    return null
  const payload = zatcaQr({
    sellerName: cleanLine(seller.name),
    vatNumber: seller.taxNumber,
    issuedAt,
    total: toDecimalString({ amountMinor: totalMinor, currency }),
    vat: toDecimalString({ amountMinor: taxMinor(document), currency }),
  })
  const { toString } = await import('qrcode')
  return toString(payload, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' })
}

function isTaxed(document: SaleDocument): boolean {
  return document.taxes.length > 0
}

function totalKey({ kind }: SaleDocument): string {
  return kind === 'credit-note' ? 'total-credited' : 'total'
}

function money({ currency, locale }: SaleDocument, amountMinor: bigint): string {
  return formatMoney({ amountMinor, currency }, locale).replace('-', '−')
}
