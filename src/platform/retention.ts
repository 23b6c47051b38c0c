import { ERASED } from './personal-data.ts'

/** What is kept of one kind, for how long, and why; `what` and `why` are what docs/privacy.md and operators say. */
export type Retained = {
  /** What it is called, in both languages. */
  readonly what: { readonly en: string; readonly ar: string }
  readonly table: string
  /** Days from `since`; undefined is for as long as the store's books. */
  readonly days: number | undefined
  readonly why: { readonly en: string; readonly ar: string }
  /**
   * How the daily job `keep-data` does it: rows whose `since` is longer ago go, or the columns of `clear` are overwritten.
   * Without it, another job does, which is named by `by`; or nothing, where there are no days.
   */
  readonly sweep?: {
    readonly since: string
    /** The columns of the primary key, after the workspace's. */
    readonly key: readonly string[]
    /** SQL: which rows, of those that are old. */
    readonly when?: string
    readonly clear?: Readonly<Record<string, string>>
    /** The table belongs to people and not to a workspace. */
    readonly ofPeople?: true
  }
  readonly by?: string
}

const BOOKS = {
  en: 'Tax law wants them as issued, and the books hang on them. An erased buyer is no longer named in orders.',
  ar: 'يوجب قانون الضرائب حفظها كما صدرت، وعليها تقوم الدفاتر. ولا يبقى اسم مشترٍ مُحيت بياناته في الطلبات.',
} as const

/**
 * For how long each kind of data is kept: the one table, quoted by docs/privacy.md and carried out every night. To add a
 * kind, add a line here; nothing else is to be written for what a condition and a number of days can say.
 */
export const RETENTION: readonly Retained[] = [
  {
    what: { en: 'Carts', ar: 'سلال التسوق' },
    table: 'carts',
    days: 90,
    why: { en: 'Nobody comes back to an older one.', ar: 'لا يعود أحد إلى سلة أقدم من ذلك.' },
    sweep: { since: 'updated_at', key: ['id'] },
  },
  {
    what: {
      en: 'Names and addresses in orders that were never paid',
      ar: 'الأسماء والعناوين في طلبات لم تُدفع',
    },
    table: 'orders',
    days: 90,
    why: { en: 'No sale came of them.', ar: 'لم يتم بها بيع.' },
    sweep: {
      since: 'cancelled_at',
      key: ['id'],
      when: `paid_at IS NULL AND email <> '${ERASED.email}'`,
      clear: { email: ERASED.email, buyer_name: ERASED.name },
    },
  },
  {
    what: { en: 'Answers to repeated requests', ar: 'أجوبة الطلبات المكررة' },
    table: 'idempotency_keys',
    days: 30,
    why: { en: 'Nobody repeats a request for longer.', ar: 'لا يكرر أحد طلبًا مدة أطول.' },
    sweep: { since: 'created_at', key: ['scope', 'key'] },
  },
  {
    what: { en: 'Links to purchases', ar: 'روابط المشتريات' },
    table: 'buyer_links',
    days: 1,
    why: {
      en: 'A day after they end; they count against flooding.',
      ar: 'يومًا بعد انتهائها، إذ تُعدّ لمنع الإغراق.',
    },
    sweep: { since: 'expires_at', key: ['token_hash'] },
  },
  {
    what: { en: 'What payment providers told', ar: 'ما أبلغ به مزوّدو الدفع' },
    table: 'payment_events',
    days: 180,
    why: {
      en: 'For disputes; what became of it stands in the payment.',
      ar: 'للنزاعات، أما نتيجته فمثبتة في الدفعة.',
    },
    sweep: { since: 'received_at', key: ['provider', 'event_id'] },
  },
  {
    what: { en: 'E-mails that were sent', ar: 'الرسائل المرسلة' },
    table: 'messages',
    days: 730,
    why: { en: 'To show what a buyer was told.', ar: 'لبيان ما أُبلغ به المشتري.' },
    sweep: { since: 'created_at', key: ['id'], when: "status NOT IN ('queued', 'sending')" },
  },
  {
    what: { en: 'Addresses of exports, and their archives', ar: 'عناوين عمليات التصدير وأرشيفاتها' },
    table: 'privacy_requests',
    days: 7,
    why: { en: 'Long enough to fetch them.', ar: 'مدة تكفي لتنزيلها.' },
    by: 'keep-data',
  },
  {
    what: { en: 'Sessions', ar: 'الجلسات' },
    table: 'sessions',
    days: 30,
    why: { en: 'After they end, to look into a sign-in.', ar: 'بعد انتهائها، للنظر في تسجيل دخول.' },
    sweep: { since: 'expires_at', key: ['id'], ofPeople: true },
  },
  {
    what: { en: 'Proofs and codes that were mailed', ar: 'الإثباتات والرموز المرسلة بالبريد' },
    table: 'verifications',
    days: 1,
    why: { en: 'A day after they end.', ar: 'يومًا بعد انتهائها.' },
    sweep: { since: 'expires_at', key: ['id'], ofPeople: true },
  },
  {
    what: { en: 'Links that prove an address', ar: 'روابط إثبات العنوان' },
    table: 'proofs',
    days: 1,
    why: { en: 'A day after they end.', ar: 'يومًا بعد انتهائها.' },
    sweep: { since: 'expires_at', key: ['hash'], ofPeople: true },
  },
  {
    what: { en: 'One-time codes that were used', ar: 'الرموز المستعملة لمرة واحدة' },
    table: 'used_codes',
    days: 1,
    why: { en: 'They can be used no more anyway.', ar: 'لا تعمل بعدها على أي حال.' },
    sweep: { since: 'expires_at', key: ['hash'], ofPeople: true },
  },
  {
    what: { en: 'Invitations', ar: 'الدعوات' },
    table: 'invitations',
    days: 90,
    why: { en: 'After they end; who joined stands in the log.', ar: 'بعد انتهائها، ومن انضم مثبت في السجل.' },
    sweep: { since: 'expires_at', key: ['id'] },
  },
  {
    what: { en: 'Webhook messages and what became of them', ar: 'رسائل Webhooks وما آلت إليه' },
    table: 'webhook_messages',
    days: 30,
    why: { en: 'To send again what a place has missed.', ar: 'لإعادة إرسال ما فات جهةً ما.' },
    by: 'sweep-webhooks',
  },
  {
    what: { en: 'Answers of an assessment', ar: 'أجوبة التقييم' },
    table: 'planner_assessments',
    days: 730,
    why: {
      en: 'Older ones say little of the person today. Whoever gave them can erase them at any time.',
      ar: 'الأقدم منها لا يصف صاحبها اليوم. ولصاحبها محوها متى شاء.',
    },
    sweep: { since: 'updated_at', key: ['user_id'] },
  },
  {
    what: { en: 'Uploads that were begun and not finished', ar: 'ملفات بدأ رفعها ولم يكتمل' },
    table: 'files',
    days: 2,
    why: { en: 'Nobody continues an older one.', ar: 'لا يكمل أحد رفعًا أقدم من ذلك.' },
    by: 'sweep-files',
  },
  {
    what: {
      en: 'Files for import that were not posted, with all that was noted of them',
      ar: 'ملفات الاستيراد التي لم تُرحَّل وكل ما دُوّن منها',
    },
    table: 'stream_imports',
    days: 7,
    why: { en: 'Nobody comes back to an older one.', ar: 'لا يعود أحد إلى أقدم منها.' },
    by: 'sweep-stream-imports',
  },
  {
    what: { en: 'Orders, payments and refunds', ar: 'الطلبات والمدفوعات والمبالغ المستردة' },
    table: 'orders',
    days: undefined,
    why: BOOKS,
  },
  {
    what: { en: 'Invoices, credit notes and receipts', ar: 'الفواتير والإشعارات الدائنة والإيصالات' },
    table: 'documents',
    days: undefined,
    why: BOOKS,
  },
  {
    what: { en: 'The books', ar: 'الدفاتر' },
    table: 'ledger_entries',
    days: undefined,
    why: {
      en: 'They can be neither changed nor shortened, and name nobody.',
      ar: 'لا تُغيَّر ولا تُنقص، ولا تسمّي أحدًا.',
    },
  },
  {
    what: { en: 'The log of who did what', ar: 'سجل من فعل ماذا' },
    table: 'audit_events',
    days: undefined,
    why: {
      en: 'That nobody can change it is its worth. It names members, with their network addresses, and no buyers.',
      ar: 'قيمته في أن أحدًا لا يستطيع تغييره. يسمّي الأعضاء وعناوين شبكاتهم، ولا يسمّي المشترين.',
    },
  },
]

/** For how many days a table's rows are kept, for the job that does it by itself (`by`). */
export function daysKept(table: string): number {
  const days = RETENTION.find((kind) => kind.table === table && kind.by !== undefined)?.days
  if (days === undefined) throw new Error(`assertion failed: no job keeps ${table} for some days`)
  return days
}
