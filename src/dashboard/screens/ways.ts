import {
  BookOpenText,
  ChartNoAxesColumn,
  Mail,
  Map as MapIcon,
  Package,
  ReceiptText,
  Settings,
  UsersRound,
  Waves,
  type LucideIcon,
} from 'lucide-react'
import type { Right } from '../api/workspaces.ts'
import type { TextKey } from '../text/messages.ts'
import type { Way } from '../ui/page.tsx'

/** A section of the dashboard; only those with the right are shown it. */
export type Place = { to: Way; text: TextKey; icon: LucideIcon; right: Right; exact?: boolean }

/** The sections of the dashboard, in their order. */
export const places: readonly Place[] = [
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
