/** Tables of no workspace, and why nothing of a workspace is in them. */
export const UNFENCED: Readonly<Record<string, string>> = {
  users: 'people belong to several workspaces; whom one may list comes from `members`, which is fenced',
  sessions: 'of a person',
  accounts: 'of a person: how they sign in',
  verifications: 'of a person: pending proofs',
  two_factors: 'of a person',
  passkeys: 'of a person',
  proofs: 'of a person',
  used_codes: 'hashes of codes, of nobody in particular',
  instance: 'of the installation',
  store_directory: 'public: which address leads to which store; written by its own workspace alone',
  store_former_slugs: 'public: which address led to which store; written by its own workspace alone',
}
