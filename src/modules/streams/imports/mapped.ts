import { normaliseText } from '../../../shared/arabic.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import {
  firstText,
  moneyRow,
  problem,
  readFigures,
  skipped,
  type Importer,
  type MoneyKind,
  type ReadRow,
  type Row,
} from './importer.ts'

/** What a person can say that a column of any file holds. */
export const MAPPED_FIELDS = [
  'date',
  'description',
  'amount',
  'incoming',
  'outgoing',
  'fee',
  'currency',
  'kind',
  'payer',
  'id',
] as const

/** One of them; see MAPPED_FIELDS. */
export type MappedField = (typeof MAPPED_FIELDS)[number]

/** Which money of a file is taken: a bank's statement shows the rent beside the royalties. */
export const TAKEN = ['both', 'incoming', 'outgoing'] as const

/** What is the same for all rows of a mapped file. */
export type MappedRules = {
  /** The currency of rows that name none. */
  readonly currency: CurrencyCode | undefined
  readonly take: (typeof TAKEN)[number]
}

/**
 * The headers by which columns are known, in this program's own form and in those of banks and platforms. The first name in
 * each language is the documented one.
 */
export const mappedColumns: Readonly<Record<MappedField, readonly string[]>> = {
  // prettier-ignore
  date: ['date', 'التاريخ', 'التاريخ الميلادي', 'gregorian date', 'transaction date', 'posting date', 'booking date', 'payment date',
    'value date', 'created at', 'تاريخ العملية', 'تاريخ المعاملة', 'تاريخ القيد', 'تاريخ الحركة', 'تاريخ القيمة', 'التاريخ الهجري',
    'hijri date'],
  // prettier-ignore
  description: ['description', 'البيان', 'item', 'item name', 'course', 'course name', 'product', 'title', 'details', 'narration',
    'memo', 'text', 'الوصف', 'التفاصيل', 'المنتج', 'الخدمة', 'الدورة', 'اسم الخدمة', 'تفاصيل العملية'],
  // prettier-ignore
  amount: ['amount', 'المبلغ', 'value', 'gross', 'price', 'your revenue', 'instructor share', 'earnings', 'القيمة', 'مبلغ العملية',
    'الأرباح'],
  incoming: ['credit', 'دائن', 'deposit', 'deposits', 'paid in', 'money in', 'إيداع', 'الإيداعات', 'وارد'],
  outgoing: [
    'debit',
    'مدين',
    'withdrawal',
    'withdrawals',
    'paid out',
    'money out',
    'سحب',
    'المسحوبات',
    'صادر',
  ],
  fee: ['fee', 'الرسوم', 'fees', 'commission', 'platform fee', 'رسوم', 'العمولة', 'عمولة الموقع'],
  currency: ['currency', 'العملة', 'currency code', 'رمز العملة'],
  kind: ['kind', 'النوع', 'type', 'transaction type', 'category', 'نوع العملية', 'نوع الحركة'],
  payer: ['payer', 'الدافع', 'customer', 'buyer', 'client', 'from', 'المشتري', 'العميل', 'المرسل'],
  // prettier-ignore
  id: ['id', 'المعرّف', 'transaction id', 'reference', 'reference number', 'order id', 'order number', 'المرجع', 'رقم المرجع',
    'رقم العملية', 'رقم الطلب', 'رقم المعاملة'],
}

type KindWord = MoneyKind | 'transfer'

const words: Readonly<Record<KindWord, readonly string[]>> = {
  income: ['income', 'sale', 'payment', 'earning', 'royalty', 'دخل', 'إيراد', 'بيع', 'أرباح', 'دفعة'],
  refund: ['refund', 'chargeback', 'return', 'استرداد', 'رد', 'إرجاع', 'مرتجع'],
  fee: ['fee', 'fees', 'commission', 'رسم', 'رسوم', 'عمولة'],
  cost: ['cost', 'expense', 'purchase', 'تكلفة', 'مصروف', 'شراء'],
  transfer: ['transfer', 'payout', 'withdrawal', 'تحويل', 'سحب', 'صرف الأرباح'],
}
const kindOfWord = new Map(
  Object.entries(words).flatMap(([kind, names]) =>
    // Object.entries widens the keys of `words`.
    names.map((name) => [normaliseText(name), kind as KindWord] as const),
  ),
)

/**
 * A file whose columns a person has named, and the program's own format, which needs no naming. Where a column of kinds is
 * there, it decides and the sign is not looked at; a kind that is not known is a problem. Else what is above zero is income
 * and what is below is a cost.
 */
export function mappedImporter(source: string, rules: MappedRules): Importer<MappedField> {
  return {
    source,
    columns: mappedColumns,
    required: ['date'],
    varying: { days: ['date'], amounts: ['amount', 'incoming', 'outgoing', 'fee'] },
    usualOrder: 'dmy',
    read: (row) => read(row, rules),
  }
}

function read(row: Row<MappedField>, rules: MappedRules): ReadRow {
  const always = row.text('currency') === '' ? rules.currency : undefined
  const figures = readFigures(row, {
    day: 'date',
    currency: always === undefined ? 'currency' : { always },
    amounts: { amount: 'amount', incoming: 'incoming', outgoing: 'outgoing', fee: 'fee' },
  })
  if ('outcome' in figures) return figures
  const { day, currency, amounts } = figures
  const moved = movedBy(amounts)
  if (moved === undefined) return problem('amount-missing', row.text('amount'))
  const word = row.text('kind')
  const kind = kindOf(word, moved)
  if (kind === undefined) return problem('kind-unknown', word)
  if (kind === 'transfer') return skipped('transfer')
  const amountMinor = word === '' ? moved : signed(kind, moved)
  const direction = amountMinor < 0n ? 'outgoing' : 'incoming'
  if (rules.take !== 'both' && rules.take !== direction) return skipped('other-direction')
  const texts = [row.text('id'), word, row.text('description'), row.text('payer')]
  return moneyRow({
    identity: { content: [day, currency, `${amountMinor}`, `${amounts.fee ?? 0n}`, ...texts] },
    day,
    currency,
    what: firstText(row.text('description'), word, row.text('payer')),
    payer: row.text('payer'),
    kind,
    amountMinor,
    feeMinor: feeOf(kind, amounts.fee ?? 0n),
  })
}

type Amounts = Readonly<Record<'amount' | 'incoming' | 'outgoing', bigint | undefined>>

/** One column with signs, or one for each direction, where banks write amounts with or without a minus. */
function movedBy({ amount, incoming, outgoing }: Amounts): bigint | undefined {
  if (amount !== undefined) return amount
  if (incoming === undefined && outgoing === undefined) return undefined
  return (incoming ?? 0n) - size(outgoing ?? 0n)
}

function kindOf(word: string, moved: bigint): KindWord | undefined {
  if (word === '') return moved < 0n ? 'cost' : 'income'
  return kindOfWord.get(normaliseText(word).trim())
}

function signed(kind: MoneyKind, moved: bigint): bigint {
  return kind === 'income' ? size(moved) : -size(moved)
}

/** Fees are written with or without a minus; with a refund they come back. */
function feeOf(kind: MoneyKind, fee: bigint): bigint {
  return kind === 'refund' ? size(fee) : -size(fee)
}

function size(amount: bigint): bigint {
  return amount < 0n ? -amount : amount
}

/** Whether a word is one of the kinds in this program's own format. */
export function isKnownKind(word: string): boolean {
  return kindOfWord.has(normaliseText(word).trim())
}
