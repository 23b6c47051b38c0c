import { defineJob, type AnyJob } from '../../platform/jobs/jobs.ts'
import { sendAccountLinkRef, sendAccountNoticeRef } from './job-refs.ts'
import { sealLogsJob } from './operations/seal-log.ts'
import { sendAccountLink, sendAccountNotice } from './operations/send-account-mail.ts'
import { sendInvitationJob } from './operations/send-invitation.ts'

/** The mails about people's own accounts; a link that comes after an hour is of no use to anybody. */
const sendAccountLinkJob = defineJob({
  ...sendAccountLinkRef,
  workers: 2,
  retries: 6,
  handler: (ctx, wishes) => each(wishes, (wish) => sendAccountLink(ctx, wish)),
})

const sendAccountNoticeJob = defineJob({
  ...sendAccountNoticeRef,
  handler: (ctx, wishes) => each(wishes, (wish) => sendAccountNotice(ctx, wish)),
})

async function each<Wish>(wishes: readonly Wish[], send: (wish: Wish) => Promise<void>): Promise<void> {
  for (const wish of wishes) await send(wish)
}

/** The background work of sign-in, of invitations, and of the audit log. */
export const jobs: readonly AnyJob[] = [
  sendAccountLinkJob,
  sendAccountNoticeJob,
  sendInvitationJob,
  sealLogsJob,
]
