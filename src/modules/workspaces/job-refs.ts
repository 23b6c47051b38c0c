import { z } from 'zod'
import { ACCOUNT_CHANGES } from '../../platform/mail/account-kinds.ts'
import type { JobRef } from '../../platform/jobs/jobs.ts'
import { locales } from '../../shared/locale.ts'

const linkWish = z.object({
  requestId: z.uuid(),
  /** The address to mail to; with a person, an address that is to become theirs. */
  email: z.string(),
  locale: z.enum(locales),
  purpose: z.enum(['reset-password', 'sign-in-link', 'verify-email', 'change-email']),
  userId: z.uuid().optional(),
})

/** A wish for a mailed link. */
export type AccountLinkWish = z.infer<typeof linkWish>

/** Mails a link about a person's own account. */
export const sendAccountLinkRef: JobRef<AccountLinkWish> = { name: 'send-account-link', schema: linkWish }

const noticeWish = z.object({
  requestId: z.uuid(),
  userId: z.uuid(),
  /** The address that is to know: at a move, the one before. */
  email: z.string(),
  change: z.enum(ACCOUNT_CHANGES),
  at: z.iso.datetime(),
  from: z.string().optional(),
})

/** A wish for a notice. */
export type AccountNoticeWish = z.infer<typeof noticeWish>

/** Tells a person that a way into their account changed. */
export const sendAccountNoticeRef: JobRef<AccountNoticeWish> = {
  name: 'send-account-notice',
  schema: noticeWish,
}
