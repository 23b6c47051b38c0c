import { sealed as ofWebhooks } from './modules/webhooks/index.ts'
import { sealed as ofWorkspaces } from './modules/workspaces/index.ts'
import { sealed as ofMail } from './platform/mail/sealed.ts'
import type { SealedTable } from './platform/sealing/sealed-table.ts'

/** All that is kept encrypted in the database, to be opened again. */
export const sealedTables: readonly SealedTable[] = [ofWorkspaces, ofWebhooks, ofMail]
