import { Plus } from 'lucide-react'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useText } from '../text/person.tsx'
import { Button } from '../ui/button.tsx'
import { PageHead } from '../ui/page.tsx'

const NewWorkspaceDialog = lazy(() => import('./new-workspace.tsx'))

/** For a person who belongs to no workspace: after leaving the last one, or being removed from it. */
export function NoWorkspace(): ReactNode {
  const t = useText()
  const [opening, setOpening] = useState(false)
  return (
    <>
      <PageHead title={t('switcher.none')} lead={t('switcher.none-detail')} />
      <div>
        <Button look="primary" icon={Plus} onPress={() => setOpening(true)}>
          {t('switcher.own')}
        </Button>
      </div>
      <Suspense>{opening && <NewWorkspaceDialog onClose={() => setOpening(false)} />}</Suspense>
    </>
  )
}
