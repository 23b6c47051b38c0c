import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Said } from '../../ui/show.tsx'

/** An account's code and name, leading to its statement; `whole` makes the row that it stands in lead there. */
export function AccountName(props: {
  code: string
  currency: string
  name: string
  whole?: boolean
}): ReactNode {
  const { code, currency, name, whole = false } = props
  return (
    <span className="tree-name">
      <bdi dir="ltr" className="code muted">
        {code}
      </bdi>
      <Link
        to="/ledger/accounts/$code/$currency"
        params={{ code, currency }}
        className={whole ? 'whole' : ''}
      >
        <Said>{name}</Said>
      </Link>
      {whole && <span className="muted small">{currency}</span>}
    </span>
  )
}
