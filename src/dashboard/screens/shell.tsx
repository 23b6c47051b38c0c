import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useRouter, useRouterState } from '@tanstack/react-router'
import { ExternalLink, LogOut, Menu as MenuIcon, Search, Store, UserRound } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { storeQuery } from '../api/catalog.ts'
import { useRight, useSession, useStoreSlug } from '../api/session.ts'
import { signOut } from '../api/workspaces.ts'
import { loadAreas } from '../text/messages.ts'
import { usePerson, useText } from '../text/person.tsx'
import { Button } from '../ui/button.tsx'
import { Ghost, Streams } from '../ui/show.tsx'
import { forgetKept } from '../ui/use-kept.ts'
import { LanguageButton } from './frame.tsx'
import { NoWorkspace } from './no-workspace.tsx'
import { places } from './ways.ts'
import { WorkspaceSwitcher } from './workspace-switcher.tsx'

/** The frame of every screen for people who are signed in: the ways, the workspace, the person. */
export function Shell(): ReactNode {
  const t = useText()
  const [searching, setSearching] = useSearching()
  const search = () => setSearching(true)
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('common.skip-to-content')}
      </a>
      <TopBar onSearch={search} />
      <aside className="sidebar">
        <Head />
        <SearchButton onSearch={search} />
        <Ways />
        <ClockPlace />
        <Foot />
      </aside>
      <Main />
      <Suspense>{searching && <Palette onClose={() => setSearching(false)} />}</Suspense>
    </div>
  )
}

// What searches is fetched when somebody first searches, with the names of the places that it can lead to.
const Palette = lazy(async () => {
  const [palette] = await Promise.all([import('./search/palette.tsx'), loadAreas(['settings', 'ledger'])])
  return palette
})

/** Whether the search is open: by its button, or by ⌘K and Ctrl+K from anywhere. */
function useSearching(): [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // By the key's place: on an Arabic keyboard it writes another letter.
      if (event.code !== 'KeyK' || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      setOpen((before) => !before)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  return [open, setOpen]
}

function SearchButton({ onSearch }: { onSearch: () => void }): ReactNode {
  const t = useText()
  const isMac = navigator.userAgent.includes('Mac')
  return (
    <AriaButton
      className="searchbutton"
      onPress={onSearch}
      aria-keyshortcuts={isMac ? 'Meta+K' : 'Control+K'}
    >
      <Search size={18} aria-hidden />
      <span className="grow">{t('search.button')}</span>
      <kbd dir="ltr" aria-hidden>
        {isMac ? '⌘K' : 'Ctrl K'}
      </kbd>
    </AriaButton>
  )
}

function Main(): ReactNode {
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const shown = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname })
  // One's own settings are one's own without any workspace.
  const isHome = useSession().workspaces.length > 0 || path.includes('/settings/')
  const main = useRef<HTMLElement>(null)
  const before = useRef(shown)
  useEffect(() => {
    // A new screen that stands: readers hear its name, and keyboards go on from its beginning, not from the link that led to it.
    if (before.current !== undefined && before.current !== shown) main.current?.focus({ preventScroll: true })
    before.current = shown
  }, [shown])
  return (
    <main id="main" className="main" ref={main} tabIndex={-1} aria-labelledby="screen part">
      <Suspense fallback={<Ghost lines={6} />}>{isHome ? <Outlet /> : <NoWorkspace />}</Suspense>
    </main>
  )
}

/** The store's name, and the way to another workspace. */
function Head(): ReactNode {
  return (
    <div className="row between" style={{ flexWrap: 'nowrap' }}>
      <Brand />
      <WorkspaceSwitcher />
    </div>
  )
}

function Brand(): ReactNode {
  const { t, pick } = usePerson()
  const { workspaces, current } = useSession()
  const store = useQuery({ ...storeQuery, enabled: current !== null }).data
  const workspace = workspaces.find(({ id }) => id === current?.workspaceId)?.name
  const name = store === undefined ? workspace : pick(store.name)
  return (
    <Link to="/" className="brand">
      <Streams size={28} />
      <span>
        <bdi>{name ?? t('brand')}</bdi>
      </span>
    </Link>
  )
}

function Ways({ onGo }: { onGo?: () => void }): ReactNode {
  const t = useText()
  const rights = useSession().current?.rights ?? []
  return (
    <nav className="nav" aria-label={t('nav.label')}>
      {places
        .filter(({ right }) => rights.includes(right))
        .map(({ to, text, icon: Icon, exact }) => (
          <Link
            key={text}
            to={to}
            activeOptions={{ exact: exact === true, includeSearch: false }}
            {...(onGo === undefined ? {} : { onClick: onGo })}
          >
            <Icon size={20} aria-hidden />
            {t(text)}
          </Link>
        ))}
    </nav>
  )
}

function Foot({ onGo }: { onGo?: () => void }): ReactNode {
  const { t, locale } = usePerson()
  const slug = useStoreSlug()
  return (
    <div className="foot stack tight">
      {slug !== undefined && (
        <nav className="nav" aria-label={t('nav.public')}>
          <a href={`/${locale}/${slug}`} target="_blank" rel="noreferrer">
            <Store size={20} aria-hidden />
            <span className="grow">{t('nav.visit-store')}</span>
            <ExternalLink size={15} aria-label={t('nav.new-tab')} className="turn" />
          </a>
        </nav>
      )}
      <LanguageButton />
      <Person {...(onGo === undefined ? {} : { onGo })} />
    </div>
  )
}

function Person({ onGo }: { onGo?: () => void }): ReactNode {
  const t = useText()
  const router = useRouter()
  const queries = useQueryClient()
  const { person } = useSession()
  const leave = async () => {
    await signOut()
    forgetKept(person.id)
    queries.clear()
    await router.navigate({ to: '/sign-in' })
  }
  return (
    <div className="row" style={{ flexWrap: 'nowrap', gap: 0 }}>
      <nav className="nav grow" aria-label={t('nav.me')}>
        <Link to="/settings/me" {...(onGo === undefined ? {} : { onClick: onGo })}>
          <UserRound size={20} aria-hidden />
          <span
            className="grow"
            style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
          >
            <bdi>{person.name}</bdi>
          </span>
        </Link>
      </nav>
      <Button
        look="quiet"
        icon={LogOut}
        turn
        label={t('common.action.sign-out')}
        onPress={() => void leave()}
      />
    </div>
  )
}

// Only narrow screens have it; the others need not fetch what it is made of.
const Drawer = lazy(() => import('./drawer.tsx'))

// Whoever keeps no hours need not fetch it.
const Clock = lazy(() => import('./streams/clock.tsx'))

/** The clock for hours stands on every screen. */
function ClockPlace({ small = false }: { small?: boolean }): ReactNode {
  if (!useRight('streams:write')) return null
  return (
    <Suspense>
      <Clock small={small} />
    </Suspense>
  )
}

function TopBar({ onSearch }: { onSearch: () => void }): ReactNode {
  const t = useText()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <header className="topbar">
      <Button look="quiet" icon={MenuIcon} label={t('nav.open')} onPress={() => setOpen(true)} />
      <Brand />
      <span className="grow" />
      <Button look="quiet" icon={Search} label={t('search.button')} onPress={onSearch} />
      <ClockPlace small />
      <Suspense>
        {open && (
          <Drawer label={t('nav.label')} onClose={close}>
            <Head />
            <Ways onGo={close} />
            <Foot onGo={close} />
          </Drawer>
        )}
      </Suspense>
    </header>
  )
}
