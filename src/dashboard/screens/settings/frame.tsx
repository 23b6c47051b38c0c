import type { ReactNode } from 'react'
import { useSession } from '../../api/session.ts'
import type { Right } from '../../api/workspaces.ts'
import { useText } from '../../text/person.tsx'
import { PageHead } from '../../ui/page.tsx'
import { Parts, usePartName, type Part } from '../../ui/parts.tsx'

/** The parts of the settings, in their order. */
export const settingsParts: readonly (Part & { right?: Right })[] = [
  { to: '/settings', text: 'settings.tab.store', right: 'store:read', exact: true },
  { to: '/settings/look', text: 'settings.tab.look', right: 'store:write' },
  { to: '/settings/selling', text: 'settings.tab.selling', right: 'store:read' },
  { to: '/settings/payments', text: 'settings.tab.payments', right: 'store:read' },
  { to: '/settings/members', text: 'settings.tab.members', right: 'members:read' },
  { to: '/settings/tokens', text: 'settings.tab.tokens', right: 'tokens:write' },
  { to: '/settings/webhooks', text: 'settings.tab.webhooks', right: 'webhooks:read' },
  { to: '/settings/audit', text: 'settings.tab.audit', right: 'audit:read' },
  { to: '/settings/security', text: 'settings.tab.security' },
  { to: '/settings/status', text: 'settings.tab.status', right: 'store:write' },
  { to: '/settings/me', text: 'settings.tab.me' },
]

/** The settings, each part at its own address. */
export function SettingsFrame(): ReactNode {
  const t = useText()
  const rights = useSession().current?.rights ?? []
  return (
    <>
      <PageHead title={t('nav.settings')} name={usePartName(settingsParts, t('nav.settings'))} />
      <Parts
        label={t('settings.parts')}
        parts={settingsParts.filter(({ right }) => right === undefined || rights.includes(right))}
      />
    </>
  )
}
