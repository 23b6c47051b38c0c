import { Link, Outlet, useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { RouterProvider as AriaLinks } from 'react-aria-components'
import { Languages } from 'lucide-react'
import { usePerson, useText } from '../text/person.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { PageHead } from '../ui/page.tsx'
import { Empty, ProblemNotice, Streams } from '../ui/show.tsx'
import { FreshGate } from './fresh.tsx'

/** What surrounds every screen. */
export function Outside(): ReactNode {
  const router = useRouter()
  return (
    <AriaLinks navigate={(to) => void router.navigate({ href: to })}>
      <Outlet />
      <FreshGate />
    </AriaLinks>
  )
}

/** The frame of the screens before one is signed in. */
export function Gate({ children, small = false }: { children: ReactNode; small?: boolean }): ReactNode {
  const { t } = usePerson()
  return (
    <div className="gate">
      <header>
        <span className="brand">
          <Streams size={28} />
          <span>{t('brand')}</span>
        </span>
        <LanguageButton />
      </header>
      <main className={small ? 'small-gate' : ''}>{children}</main>
    </div>
  )
}

/** Changes to the other language, keeping all that was typed. */
export function LanguageButton(): ReactNode {
  const { preferences, prefer } = usePerson()
  const other = preferences.locale === 'ar' ? 'en' : 'ar'
  return (
    <Button look="quiet" small icon={Languages} onPress={() => void prefer({ locale: other })}>
      <span lang={other}>{other === 'ar' ? 'العربية' : 'English'}</span>
    </Button>
  )
}

/** An address that leads nowhere. */
export function MissingScreen(): ReactNode {
  const t = useText()
  return (
    <main className="main">
      <PageHead title={t('problem.no-screen')} />
      <Empty
        title={t('problem.no-screen')}
        action={
          <Link to="/" className={buttonClass('primary')}>
            {t('nav.overview')}
          </Link>
        }
      >
        {t('problem.no-screen-detail')}
      </Empty>
    </main>
  )
}

/** A screen that could not be shown. */
export function ScreenFault({ error, reset }: { error: unknown; reset: () => void }): ReactNode {
  const router = useRouter()
  return (
    <main className="main">
      <ProblemNotice
        error={error}
        retry={() => {
          reset()
          void router.invalidate()
        }}
      />
    </main>
  )
}
