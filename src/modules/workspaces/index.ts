export { resolveActor } from './actor.ts'
export { createWorkspacesApi } from './api.ts'
export { StoreSlugTaken } from './errors.ts'
export { audit, type AuditEntry } from './operations/audit.ts'
export { createToken } from './operations/create-token.ts'
export {
  findStoreWorkspace,
  isStoreSlugFree,
  listStoreDirectory,
  moveStore,
} from './operations/find-store-workspace.ts'
export { createWorkspace, type StoreStart, type WorkspaceParts } from './operations/open-workspace.ts'
export { ensureSetupLink, isSetUp, setUpInstance } from './operations/set-up-instance.ts'
export type { NewWorkspace, SetUp, SetUpDone } from './schema.ts'
