import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { securityQuery } from '../../api/account.ts'
import { EmailCard } from './email-card.tsx'
import { PasskeysCard } from './passkeys-card.tsx'
import { PasswordCard } from './password-card.tsx'
import { SecondFactorCard } from './second-factor-card.tsx'
import { SessionsCard } from './sessions-card.tsx'

/** The ways into the person's account. */
export function SecuritySettings(): ReactNode {
  const { data } = useSuspenseQuery(securityQuery)
  return (
    <div className="stack loose">
      <EmailCard security={data} />
      <PasswordCard />
      <SecondFactorCard security={data} />
      <PasskeysCard security={data} />
      <SessionsCard />
    </div>
  )
}
