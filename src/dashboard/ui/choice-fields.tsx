import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Button as AriaButton,
  ComboBox,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Radio,
  RadioGroup,
  Select as AriaSelect,
  SelectValue,
  type Key,
} from 'react-aria-components'
import { useText } from '../text/person.tsx'
import { FieldFoot, FieldLabel, type FieldWords } from './fields.tsx'

/** One thing to choose. */
export type Choice<Id extends string> = { id: Id; label: string; hint?: string }

type ChoiceProps<Id extends string> = FieldWords & {
  choices: readonly Choice<Id>[]
  value: Id
  onChange: (id: NoInfer<Id>) => void
}

/** One of a few, behind a button. */
export function Select<Id extends string>(props: ChoiceProps<Id>): ReactNode {
  const { label, hint, wrong, optional = false, choices, value, onChange } = props
  return (
    <AriaSelect
      className="field"
      value={value}
      onChange={(key) => choose(choices, key, onChange)}
      isInvalid={wrong !== undefined}
      validationBehavior="aria"
    >
      <FieldLabel label={label} optional={optional} />
      <AriaButton className="trigger">
        <SelectValue>{choices.find(({ id }) => id === value)?.label ?? '—'}</SelectValue>
        <ChevronDown size={18} aria-hidden />
      </AriaButton>
      <FieldFoot hint={hint} wrong={wrong} />
      <Choices choices={choices} />
    </AriaSelect>
  )
}

/** One of many, found by typing. */
export function SearchSelect<Id extends string>(props: ChoiceProps<Id>): ReactNode {
  const { label, hint, wrong, optional = false, choices, value, onChange } = props
  const t = useText()
  return (
    <ComboBox
      className="field"
      selectedKey={value}
      onSelectionChange={(key) => choose(choices, key, onChange)}
      isInvalid={wrong !== undefined}
      validationBehavior="aria"
      menuTrigger="focus"
    >
      <FieldLabel label={label} optional={optional} />
      <div className="affixed">
        <Input dir="auto" />
        <AriaButton className="button quiet icon" aria-label={t('field.show-choices')}>
          <ChevronDown size={18} aria-hidden />
        </AriaButton>
      </div>
      <FieldFoot hint={hint} wrong={wrong} />
      <Choices choices={choices} />
    </ComboBox>
  )
}

function Choices<Id extends string>({ choices }: { choices: readonly Choice<Id>[] }): ReactNode {
  return (
    <Popover className="popover">
      <ListBox className="listbox" items={choices}>
        {({ id, label, hint }) => (
          <ListBoxItem id={id} textValue={label} className="option">
            {({ isSelected }) => (
              <>
                <span className="grow">
                  {label}
                  {hint !== undefined && <span className="hint"> {hint}</span>}
                </span>
                {isSelected && <Check size={18} aria-hidden />}
              </>
            )}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  )
}

/** One of a few, all in sight. */
export function RadioChoice<Id extends string>(props: ChoiceProps<Id>): ReactNode {
  const { label, hint, wrong, choices, value, onChange } = props
  return (
    <RadioGroup
      className="field"
      value={value}
      onChange={(key) => choose(choices, key, onChange)}
      isInvalid={wrong !== undefined}
      validationBehavior="aria"
    >
      <Label className="label">{label}</Label>
      <div className="choices">
        {choices.map((choice) => (
          <Radio key={choice.id} value={choice.id} className="check">
            <span className="box round" aria-hidden>
              <Check size={14} strokeWidth={3} />
            </span>
            <span>
              {choice.label}
              {choice.hint !== undefined && <span className="hint"> {choice.hint}</span>}
            </span>
          </Radio>
        ))}
      </div>
      <FieldFoot hint={hint} wrong={wrong} />
    </RadioGroup>
  )
}

function choose<Id extends string>(
  choices: readonly Choice<Id>[],
  key: Key | null,
  onChange: (id: Id) => void,
): void {
  const chosen = choices.find(({ id }) => id === key)
  if (chosen !== undefined) onChange(chosen.id)
}
