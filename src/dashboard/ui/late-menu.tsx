import type { LucideIcon } from 'lucide-react'
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react'
import { Button } from './button.tsx'
import type { MenuEntry } from './menu.tsx'

const fetchOverlay = () => import('./menu-overlay.tsx')
const MenuOverlay = lazy(fetchOverlay)

/** A menu whose code is fetched when somebody comes near its button: for those that stand on every screen. */
export function LateMenu(props: {
  label: string
  entries: readonly MenuEntry[]
  button: string
  icon: LucideIcon
}): ReactNode {
  const { label, entries, button, icon } = props
  const ref = useRef<HTMLButtonElement>(null)
  const [wasOpen, setWasOpen] = useState(false)
  const [focus, setFocus] = useState<'first' | 'last' | true | undefined>(undefined)
  const open = (at: 'first' | 'last' | true) => {
    setWasOpen(true)
    setFocus(at)
  }
  const near = () => void fetchOverlay()
  return (
    <>
      <Button
        ref={ref}
        small
        look="quiet"
        icon={icon}
        label={button}
        aria-haspopup="menu"
        aria-expanded={focus !== undefined}
        onHoverStart={near}
        onFocus={near}
        onPress={({ pointerType }) =>
          open(pointerType === 'keyboard' || pointerType === 'virtual' ? 'first' : true)
        }
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return event.continuePropagation()
          event.preventDefault()
          open(event.key === 'ArrowDown' ? 'first' : 'last')
        }}
      />
      <Suspense>
        {wasOpen && (
          <MenuOverlay
            label={label}
            entries={entries}
            button={ref}
            isOpen={focus !== undefined}
            focus={focus ?? true}
            onClose={() => setFocus(undefined)}
          />
        )}
      </Suspense>
    </>
  )
}
