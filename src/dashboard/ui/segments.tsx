import type { ReactNode } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import type { Choice } from './choice-fields.tsx'

/** One of a few short words in a row: a filter, a view. */
export function Segments<Id extends string>(props: {
  label: string
  choices: readonly Choice<Id>[]
  value: Id
  onChange: (id: NoInfer<Id>) => void
  /** The element that says more about it. */
  describedBy?: string
}): ReactNode {
  const { label, choices, value, onChange, describedBy } = props
  return (
    <RadioGroup
      className="segments"
      orientation="horizontal"
      aria-label={label}
      {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
      value={value}
      onChange={(key) => {
        const chosen = choices.find(({ id }) => id === key)
        if (chosen !== undefined) onChange(chosen.id)
      }}
    >
      {choices.map((choice) => (
        <Radio key={choice.id} value={choice.id}>
          {choice.label}
        </Radio>
      ))}
    </RadioGroup>
  )
}
