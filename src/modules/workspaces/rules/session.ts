/** How long a person stays signed in after the last visit. */
export const SESSION_SECONDS = 14 * 24 * 3600

/** How often at most a visit puts off the end of the session. */
export const SESSION_EXTENDED_EVERY_SECONDS = 24 * 3600
