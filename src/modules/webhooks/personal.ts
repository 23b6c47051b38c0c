import { mentions, type PersonalTable } from '../../platform/personal-data.ts'

/** What messages to the seller's own places hold about people. */
export const personal: readonly PersonalTable[] = [
  {
    table: 'webhook_endpoints',
    columns: { url: 'seller', description: 'seller' },
    secret: ['secret', 'previous_secret'],
  },
  { table: 'webhook_messages', columns: { body: 'within' }, buyer: (who) => mentions('body', who) },
]
