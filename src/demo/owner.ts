/** How to sign in to the demo; it exists only on a server that was started for developing. */
export const DEMO_OWNER = {
  name: 'سلمى الحربي',
  email: 'salma@example.com',
  password: 'a-river-of-many-streams',
}
