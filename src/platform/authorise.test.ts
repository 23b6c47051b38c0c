import { describe, expect, test } from 'vitest'
import { RIGHTS_OF_ROLE, ROLES, type Right } from './authorise.ts'

describe('the table of rights', () => {
  // A mail names the buyer, tells the order, and holds the links that open it: to read mails is to read both.
  test.each(ROLES)('lets %s read mails only with the orders and customers that they are about', (role) => {
    const rights = RIGHTS_OF_ROLE[role]
    if (!rights.includes('messages:read')) return
    expect(rights).toEqual(expect.arrayContaining<Right>(['orders:read', 'customers:read']))
  })

  test.each(ROLES)('gives %s no right to change what they may not read', (role) => {
    const rights = RIGHTS_OF_ROLE[role]
    const blind = rights.filter((right) => {
      const [what = '', how] = right.split(':')
      return how === 'write' && what !== 'tokens' && !rights.includes(`${what}:read` as Right)
    })
    expect(blind).toEqual([])
  })

  test('lets only owners and admins give money back, and make tokens', () => {
    const may = (right: Right) => ROLES.filter((role) => RIGHTS_OF_ROLE[role].includes(right))
    expect(may('orders:refund')).toEqual(['owner', 'admin'])
    expect(may('tokens:write')).toEqual(['owner', 'admin'])
    expect(may('ledger:write')).toEqual(['owner'])
  })
})
