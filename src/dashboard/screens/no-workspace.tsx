import { Plus } from 'lucide-react'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useText } from '../text/person.tsx'
import { Button } from '../ui/button.tsx'
import { PageHead } from '../ui/page.tsx'
import { Empty } from '../ui/show.tsx'

const NewWorkspaceDialog = lazy(() => import('./new-workspace.tsx'))

/** For a person who belongs to no workspace: after leaving the last one, or being removed from it. */
export function NoWorkspace(): ReactNode {
  const t = useText()
  const [opening, setOpening] = useState(false)
  return (
    <>
      <PageHead title={t('switcher.none')} />
      <Empty
        title={t('switcher.none')}
        action={
          <Button look="primary" icon={Plus} onPress={() => setOpening(true)}>
            {t('switcher.new')}
          </Button>
        }
      >
        {t('switcher.none-detail')}
      </Empty>
      <Suspense>{opening && <NewWorkspaceDialog onClose={() => setOpening(false)} />}</Suspense>
    </>
  )
}
