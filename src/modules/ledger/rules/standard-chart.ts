/** The five kinds of accounts; the first digit of a code says which. */
export const ACCOUNT_TYPES = ['asset', 'liability', 'equity', 'income', 'expense'] as const

/** One kind of account. */
export type AccountType = (typeof ACCOUNT_TYPES)[number]

/** What a code means. `sign` is +1 where debits raise the normal balance; `floor` is the least normal balance allowed. */
export type ChartAccount = {
  readonly code: string
  readonly type: AccountType
  readonly nameAr: string
  readonly nameEn: string
  readonly sign: 1 | -1
  readonly floor: bigint | undefined
}

/** A code: four digits, the first of which says the type, and names of sub-accounts after dots: `1150.stripe`. */
export const ACCOUNT_CODE = /^[1-5][0-9]{3}(?:\.[a-z0-9][a-z0-9-]{0,63}){0,4}$/

type Names = readonly [code: string, nameAr: string, nameEn: string]

// prettier-ignore
const names: readonly Names[] = [
  ['1000', 'الصندوق', 'Cash'],
  ['1100', 'الحسابات المصرفية', 'Bank accounts'],
  ['1150', 'لدى مزوّدي الدفع', 'With payment providers'],
  ['1180', 'أموال في حسابات أخرى', 'Money held elsewhere'],
  ['1200', 'ذمم مدينة', 'Receivables'],
  ['1250', 'ضريبة قابلة للاسترداد', 'Recoverable tax'],
  ['1300', 'المخزون', 'Inventory'],
  ['1400', 'مصروفات مدفوعة مقدمًا', 'Prepaid expenses'],
  ['1500', 'الأوراق المالية', 'Securities'],
  ['1510', 'قروض ممنوحة', 'Loans granted'],
  ['1520', 'أصول رقمية', 'Digital assets'],
  ['1700', 'أصول ثابتة', 'Fixed assets'],
  ['2000', 'ذمم دائنة', 'Payables'],
  ['2100', 'مستحقات البائعين', 'Owed to sellers'],
  ['2110', 'مستحقات العاملين', 'Owed to workers'],
  ['2120', 'عمولات مستحقة', 'Commissions owed'],
  ['2130', 'أرصدة العملاء', 'Customers’ balances'],
  ['2150', 'مبالغ محفوظة حتى التسليم', 'Held until delivery'],
  ['2200', 'ضريبة مستحقة', 'Tax payable'],
  ['2300', 'مبالغ قيد الرد إلى المشترين', 'To be returned to buyers'],
  ['2400', 'إيرادات مؤجلة', 'Deferred income'],
  ['2600', 'قروض مستلمة', 'Loans received'],
  ['3000', 'رأس المال', 'Capital'],
  ['3100', 'المسحوبات الشخصية', 'Drawings'],
  ['3200', 'الأرباح المبقاة', 'Retained earnings'],
  ['3300', 'الأرصدة الافتتاحية', 'Opening balances'],
  ['3400', 'مخصص إعادة الاستثمار', 'Set aside for reinvestment'],
  ['3900', 'تحويل العملات', 'Currency exchange'],
  ['4000', 'المبيعات', 'Sales'],
  ['4100', 'إيرادات الخدمات', 'Services'],
  ['4200', 'إيرادات المهام المصغرة', 'Micro-tasks'],
  ['4300', 'الاشتراكات والعضويات', 'Subscriptions and memberships'],
  ['4400', 'إيرادات الإعلان والتسويق بالعمولة', 'Advertising and affiliate income'],
  ['4500', 'إيرادات التأجير', 'Rent'],
  ['4600', 'توزيعات وفوائد', 'Dividends and interest'],
  ['4700', 'عوائد الأصول الرقمية', 'Rewards from digital assets'],
  ['4800', 'إيرادات أخرى', 'Other income'],
  ['4850', 'الرواتب', 'Salary'],
  ['4900', 'أرباح فروق العملات', 'Exchange gains'],
  ['5000', 'تكلفة البضاعة', 'Cost of goods'],
  ['5100', 'رسوم الدفع', 'Payment fees'],
  ['5200', 'رسوم المنصات', 'Platform fees'],
  ['5300', 'عمولات مدفوعة', 'Commissions paid'],
  ['5400', 'الإعلان', 'Advertising'],
  ['5500', 'الاستضافة والأدوات', 'Hosting and tools'],
  ['5600', 'أجور المتعاونين', 'Contractors'],
  ['5700', 'خسائر الاعتراضات', 'Chargebacks'],
  ['5800', 'مصروفات أخرى', 'Other expenses'],
  ['5900', 'خسائر فروق العملات', 'Exchange losses'],
]

/** What is owed to people can be paid out once: these never fall below zero. */
const OWED = new Set(['2100', '2110', '2120', '2130', '2150'])

/** Equity that is spent, not given: its normal balance is a debit. */
const DEBIT_EQUITY = new Set(['3100'])

/** The chart that every workspace starts from. Its accounts are opened when something is first posted to them. */
export const STANDARD_CHART: readonly ChartAccount[] = names.map(([code, nameAr, nameEn]) => {
  const type = typeOfCode(code)
  return {
    code,
    type,
    nameAr,
    nameEn,
    sign: normalSign(type, DEBIT_EQUITY.has(code)),
    floor: OWED.has(code) ? 0n : undefined,
  }
})

const byCode = new Map(STANDARD_CHART.map((account) => [account.code, account]))

/** The type that a code's first digit says. @throws if it is no code. */
export function typeOfCode(code: string): AccountType {
  const type = ACCOUNT_TYPES[Number(code[0]) - 1]
  if (type === undefined || !ACCOUNT_CODE.test(code)) throw new RangeError(`${code} is no account code`)
  return type
}

/** +1 for a type whose balance debits raise; turned round for an account that stands against its type. */
export function normalSign(type: AccountType, contrary = false): 1 | -1 {
  const debit = type === 'asset' || type === 'expense'
  return debit === contrary ? -1 : 1
}

/** The code one step up: `1150.stripe.eu` → `1150.stripe` → `1150` → undefined. */
export function parentOf(code: string): string | undefined {
  const cut = code.lastIndexOf('.')
  return cut === -1 ? undefined : code.slice(0, cut)
}

/**
 * The chart rows that a code needs, itself and what it lies under, outermost first. A sub-account has the properties of
 * the standard account that it lies under, and its own name after a dot. Undefined if the standard chart has none.
 */
export function standardRows(code: string): ChartAccount[] | undefined {
  const parent = parentOf(code)
  if (parent === undefined) {
    const account = byCode.get(code)
    return account === undefined ? undefined : [account]
  }
  const above = standardRows(parent)
  const under = above?.at(-1)
  if (above === undefined || under === undefined) return undefined
  const name = code.slice(parent.length + 1)
  return [
    ...above,
    { ...under, code, nameAr: `${under.nameAr} · ${name}`, nameEn: `${under.nameEn} · ${name}` },
  ]
}
