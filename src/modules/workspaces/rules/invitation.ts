/** For how many days an invitation to a workspace can be accepted. */
export const INVITATION_DAYS = 7

/** For how many days an offer of ownership stands. */
export const OFFER_DAYS = 7

/** How many invitations of a workspace may be open at once: nobody mails a whole address book from here. */
export const MOST_OPEN_INVITATIONS = 100

/** How often one invitation may be mailed, and how long between two times. */
export const MOST_SENDINGS = 5
export const SENDING_PAUSE_SECONDS = 60

/** What is known of an invitation when somebody comes with its link. */
export type InvitationState = {
  expiresAt: Date
  acceptedAt: Date | null
  revokedAt: Date | null
  /** Whether the one who invited is still here and may give that role. */
  isBacked: boolean
}

/** Whether the link opens: not used, not taken back, in time, and still meant by somebody who may. */
export function isOpen(state: InvitationState, now: Date): boolean {
  return state.acceptedAt === null && state.revokedAt === null && state.expiresAt > now && state.isBacked
}
