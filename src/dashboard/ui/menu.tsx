import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, type MenuProps } from 'react-aria-components'

/** One thing that a menu offers. */
export type MenuEntry = { id: string; label: string; icon?: LucideIcon; bad?: boolean; onAction: () => void }

type Offer = { label: string; entries: readonly MenuEntry[] }

/** What can be done, behind the button given as `children`. */
export function Menu({ children, ...offer }: Offer & { children: ReactNode }): ReactNode {
  return (
    <MenuTrigger>
      {children}
      <Popover className="popover" placement="bottom end">
        <MenuList {...offer} />
      </Popover>
    </MenuTrigger>
  )
}

/** The entries, without the button that opens them; `focus` says which is entered first. */
export function MenuList(
  props: Offer & { focus?: NonNullable<MenuProps<object>['autoFocus']>; onClose?: () => void },
): ReactNode {
  const { label, entries, focus, ...rest } = props
  return (
    <AriaMenu
      {...rest}
      {...(focus === undefined ? {} : { autoFocus: focus })}
      className="menu"
      aria-label={label}
    >
      {entries.map(({ id, label: text, icon: Icon, bad, onAction }) => (
        <MenuItem
          key={id}
          id={id}
          className={bad === true ? 'option bad' : 'option'}
          onAction={onAction}
          textValue={text}
        >
          {Icon !== undefined && <Icon size={18} aria-hidden />}
          {text}
        </MenuItem>
      ))}
    </AriaMenu>
  )
}
