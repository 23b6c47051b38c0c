import type { ReactNode, RefObject } from 'react'
import { Popover } from 'react-aria-components'
import { MenuList, type MenuEntry } from './menu.tsx'

/** A menu over the page, beside a button that was there before it. */
export default function MenuOverlay(props: {
  label: string
  entries: readonly MenuEntry[]
  button: RefObject<HTMLButtonElement | null>
  isOpen: boolean
  focus: 'first' | 'last' | true
  onClose: () => void
}): ReactNode {
  const { label, entries, button, isOpen, focus, onClose } = props
  return (
    <Popover
      className="popover"
      placement="bottom end"
      aria-label={label}
      triggerRef={button}
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
    >
      <MenuList label={label} entries={entries} focus={focus} onClose={onClose} />
    </Popover>
  )
}
