import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { Checkbox as AriaCheckbox } from 'react-aria-components'

/** A box to tick that has no words beside it; `label` is read out. */
export function Tick(props: {
  label: string
  isSelected: boolean
  isIndeterminate?: boolean
  onChange: (on: boolean) => void
}): ReactNode {
  const { label, ...rest } = props
  return (
    <AriaCheckbox {...rest} className="check tick" aria-label={label}>
      <span className="box" aria-hidden>
        {props.isIndeterminate === true ? (
          <Minus size={15} strokeWidth={3} />
        ) : (
          <Check size={15} strokeWidth={3} />
        )}
      </span>
    </AriaCheckbox>
  )
}
