import { personal as ofPlatform, type PersonalTable } from '../../../platform/personal-data.ts'
import { personal as ofCatalog } from '../../catalog/index.ts'
import { personal as ofCheckout } from '../../checkout/index.ts'
import { personal as ofDesk } from '../../desk/index.ts'
import { personal as ofFulfilment } from '../../fulfilment/index.ts'
import { personal as ofPlanner } from '../../planner/index.ts'
import { personal as ofStreams } from '../../streams/index.ts'
import { personal as ofWebhooks } from '../../webhooks/index.ts'
import { personal as ofWorkspaces } from '../../workspaces/index.ts'
import { personal as ofPrivacy } from '../personal.ts'

/** All that is kept about people, table by table. A module with people in its tables adds its `personal` here. */
export const PERSONAL_TABLES: readonly PersonalTable[] = [
  ...ofWorkspaces,
  ...ofCatalog,
  ...ofCheckout,
  ...ofFulfilment,
  ...ofDesk,
  ...ofPlanner,
  ...ofStreams,
  ...ofWebhooks,
  ...ofPlatform,
  ...ofPrivacy,
]
