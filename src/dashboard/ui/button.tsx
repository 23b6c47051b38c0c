import { LoaderCircle, type LucideIcon } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import { useText } from '../text/person.tsx'

/** How much a button asks to be pressed: one `primary` on a screen. */
export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger'

/** What a button shows; `label` names one that is an icon only. */
export type ButtonProps = Omit<AriaButtonProps, 'className' | 'children' | 'aria-label'> & {
  ref?: Ref<HTMLButtonElement>
  look?: ButtonLook
  small?: boolean
  icon?: LucideIcon
  /** Icons that say a direction are mirrored where the text runs from the right. */
  turn?: boolean
} & ({ children: ReactNode; label?: string } | { children?: undefined; label: string })

/** The class of a button, for links that look like one. */
export function buttonClass(look: ButtonLook = 'plain', small = false): string {
  return `button ${look === 'plain' ? '' : look}${small ? ' small' : ''}`
}

/** A button; while `isPending` it shows that it works and cannot be pressed again. */
export function Button(props: ButtonProps): ReactNode {
  const { look = 'plain', small = false, icon: Icon, turn = false, children, label, ...rest } = props
  const t = useText()
  const shape = children === undefined ? ' icon' : ''
  return (
    <AriaButton
      {...rest}
      {...(label === undefined ? {} : { 'aria-label': label })}
      className={buttonClass(look, small) + shape}
    >
      {rest.isPending === true ? (
        <LoaderCircle size={18} className="spin" aria-label={t('common.state.loading')} />
      ) : (
        Icon !== undefined && <Icon size={18} aria-hidden className={turn ? 'turn' : ''} />
      )}
      {children}
    </AriaButton>
  )
}
