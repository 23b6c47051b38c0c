import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useRouter, useRouterState } from '@tanstack/react-router'
import {
  BookOpenText,
  ChartNoAxesColumn,
  ExternalLink,
  LogOut,
  Mail,
  Map as MapIcon,
  Menu as MenuIcon,
  Package,
  ReceiptText,
  Settings,
  Store,
  UserRound,
  UsersRound,
  Waves,
  type LucideIcon,
} from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react'
import { storeQuery } from '../api/catalog.ts'
import { useSession, useStoreSlug } from '../api/session.ts'
import { signOut, type Right } from '../api/workspaces.ts'
import { usePerson, useText } from '../text/person.tsx'
import type { TextKey } from '../text/messages.ts'
import { Button } from '../ui/button.tsx'
import type { Way } from '../ui/page.tsx'
import { Ghost, Streams } from '../ui/show.tsx'
import { LanguageButton } from './frame.tsx'
import { NoWorkspace } from './no-workspace.tsx'
import { WorkspaceSwitcher } from './workspace-switcher.tsx'

type Place = { to: Way; text: TextKey; icon: LucideIcon; right: Right; exact?: boolean }

const places: readonly Place[] = [
  { to: '/', text: 'nav.overview', icon: ChartNoAxesColumn, right: 'store:read', exact: true },
  { to: '/products', text: 'nav.products', icon: Package, right: 'products:read' },
  { to: '/orders', text: 'nav.orders', icon: ReceiptText, right: 'orders:read' },
  { to: '/customers', text: 'nav.customers', icon: UsersRound, right: 'customers:read' },
  { to: '/ledger', text: 'nav.ledger', icon: BookOpenText, right: 'ledger:read' },
  { to: '/streams', text: 'nav.streams', icon: Waves, right: 'streams:read' },
  { to: '/plan', text: 'nav.plan', icon: MapIcon, right: 'planner:read' },
  { to: '/messages', text: 'nav.messages', icon: Mail, right: 'messages:read' },
  { to: '/settings', text: 'nav.settings', icon: Settings, right: 'store:read' },
]

/** The frame of every screen for people who are signed in: the ways, the workspace, the person. */
export function Shell(): ReactNode {
  const t = useText()
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('common.skip-to-content')}
      </a>
      <TopBar />
      <aside className="sidebar">
        <Head />
        <Ways />
        <Foot />
      </aside>
      <Main />
    </div>
  )
}

function Main(): ReactNode {
  const path = useRouterState({ select: ({ location }) => location.pathname })
  // One's own settings are one's own without any workspace.
  const isHome = useSession().workspaces.length > 0 || path.includes('/settings/')
  const main = useRef<HTMLElement>(null)
  const before = useRef(path)
  useEffect(() => {
    // A new screen: readers and keyboards go on from its beginning, not from the link that led to it.
    if (before.current !== path && !path.startsWith('/dashboard/settings'))
      main.current?.focus({ preventScroll: true })
    before.current = path
  }, [path])
  return (
    <main id="main" className="main" ref={main} tabIndex={-1}>
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

function TopBar(): ReactNode {
  const t = useText()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <header className="topbar">
      <Button look="quiet" icon={MenuIcon} label={t('nav.open')} onPress={() => setOpen(true)} />
      <Brand />
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
