import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { accountsQuery } from '../../api/ledger.ts'
import { usePerson } from '../../text/person.tsx'
import { useRight } from '../../api/session.ts'
import { FileButton } from '../../ui/file-button.tsx'
import { Card } from '../../ui/page.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import { Amount, Empty } from '../../ui/show.tsx'
import { AccountName } from './account-name.tsx'
import { accountTree, type AccountNode } from './account-tree.ts'
import { NewAccount } from './new-account.tsx'

/** The open accounts as a tree, with their balances of now on the side where each is normal. */
export function AccountsScreen(): ReactNode {
  const { t } = usePerson()
  const { data } = useSuspenseQuery(accountsQuery)
  const mayWrite = useRight('ledger:write')
  const tree = accountTree(data.items)
  if (tree.length === 0) return <Empty title={t('ledger.empty')}>{t('ledger.empty-detail')}</Empty>
  return (
    <Card
      title={t('ledger.tab.accounts')}
      flush
      actions={
        <>
          <FileButton path="/exports/accounts" name={`${t('ledger.tab.accounts')}.csv`}>
            {t('list.export')}
          </FileButton>
          {mayWrite && <NewAccount />}
        </>
      }
    >
      <Scroll label={t('ledger.tab.accounts')}>
        <table className="table dense" aria-label={t('ledger.tab.accounts')}>
          <thead>
            <tr>
              <th scope="col">{t('ledger.account')}</th>
              <th scope="col" className="figure">
                {t('ledger.balance')}
              </th>
            </tr>
          </thead>
          {tree.map(({ type, nodes }) => (
            <tbody key={type}>
              <tr className="heading">
                <th scope="rowgroup" colSpan={2}>
                  {t(`ledger.type.${type}`)}
                </th>
              </tr>
              {nodes.map((node) => (
                <Rows key={node.code} node={node} depth={0} />
              ))}
            </tbody>
          ))}
        </table>
      </Scroll>
    </Card>
  )
}

function Rows({ node, depth }: { node: AccountNode; depth: number }): ReactNode {
  const { t, pick } = usePerson()
  return (
    <>
      {node.accounts.map(({ code, currency, normal, pendingDebit, pendingCredit }) => (
        <tr key={currency} className="linked">
          <th scope="row" style={{ paddingInlineStart: `calc(var(--s5) + ${depth} * var(--s5))` }}>
            <AccountName code={code} currency={currency} name={pick(node.name)} whole />
          </th>
          <td className="figure">
            <Amount of={normal} />
            {[pendingDebit, pendingCredit].map(
              (pending, side) =>
                pending.amount !== '0' && (
                  <div key={side === 0 ? 'debit' : 'credit'} className="muted small">
                    {t(side === 0 ? 'ledger.pending-debit' : 'ledger.pending-credit')} <Amount of={pending} />
                  </div>
                ),
            )}
          </td>
        </tr>
      ))}
      {node.children.map((child) => (
        <Rows key={child.code} node={child} depth={depth + 1} />
      ))}
    </>
  )
}
