/** What a mailed link is good for. */
export type ProofPurpose = 'reset-password' | 'sign-in-link' | 'verify-email' | 'change-email'

/** For how many minutes a mailed link works: those that open an account are short. */
export const PROOF_MINUTES: Readonly<Record<ProofPurpose, number>> = {
  'reset-password': 30,
  'sign-in-link': 15,
  'verify-email': 24 * 60,
  'change-email': 60,
}

/** The page of the dashboard that takes the key; behind `#`, so that it reaches no log and no other site. */
export const PROOF_PAGE: Readonly<Record<ProofPurpose, string>> = {
  'reset-password': '/dashboard/new-password',
  'sign-in-link': '/dashboard/sign-in-link',
  'verify-email': '/dashboard/confirm-email',
  'change-email': '/dashboard/confirm-email',
}
