import { Check, ChevronsUpDown, Plus } from 'lucide-react'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useSession } from '../api/session.ts'
import { useText } from '../text/person.tsx'
import { LateMenu } from '../ui/late-menu.tsx'
import type { MenuEntry } from '../ui/menu.tsx'
import { useSwitch } from './switch-workspace.ts'

const NewWorkspaceDialog = lazy(() => import('./new-workspace.tsx'))

/** The workspaces of the person, to go over to, and the way to open another one. */
export function WorkspaceSwitcher({ onGo }: { onGo?: () => void }): ReactNode {
  const t = useText()
  const change = useSwitch()
  const { workspaces, current } = useSession()
  const [opening, setOpening] = useState(false)
  const entries: MenuEntry[] = workspaces.map(({ id, name }) => ({
    id,
    label: name,
    ...(id === current?.workspaceId ? { icon: Check } : {}),
    onAction: () => {
      onGo?.()
      if (id !== current?.workspaceId) void change(id)
    },
  }))
  return (
    <>
      <LateMenu
        label={t('switcher.label')}
        entries={[
          ...entries,
          { id: 'new', label: t('switcher.new'), icon: Plus, onAction: () => setOpening(true) },
        ]}
        button={t('switcher.open')}
        icon={ChevronsUpDown}
      />
      <Suspense>{opening && <NewWorkspaceDialog onClose={() => setOpening(false)} />}</Suspense>
    </>
  )
}
