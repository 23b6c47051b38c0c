import { CircleAlert } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import {
  Checkbox as AriaCheckbox,
  FieldError,
  Input,
  Label,
  Switch as AriaSwitch,
  Text,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components'
import { Check, Eye, EyeOff } from 'lucide-react'
import { useText } from '../text/person.tsx'
import { Button } from './button.tsx'

/** What every field has. `wrong` is the sentence that says what to mend. */
export type FieldWords = {
  label: ReactNode
  hint?: ReactNode
  wrong?: string | undefined
  optional?: boolean
}

/** What a line or block of text takes; `lang` sets spelling and direction, otherwise the text itself decides. */
export type TextFieldProps = FieldWords &
  Omit<AriaTextFieldProps, 'children' | 'className' | 'isInvalid'> & {
    lines?: 'one' | 'many' | 'tall'
    lang?: 'ar' | 'en'
    direction?: 'auto' | 'ltr' | 'rtl'
    affix?: ReactNode
    placeholder?: string
  }

/** A field for text. */
export function TextField(props: TextFieldProps): ReactNode {
  const { label, hint, wrong, optional = false, lines = 'one', lang, affix, placeholder, ...rest } = props
  const { direction = lang === 'ar' ? 'rtl' : lang === 'en' ? 'ltr' : 'auto', ...field } = rest
  const shared = {
    dir: direction,
    ...(lang === undefined ? {} : { lang }),
    ...(placeholder === undefined ? {} : { placeholder }),
  }
  return (
    <AriaTextField {...field} className="field" isInvalid={wrong !== undefined} validationBehavior="aria">
      <FieldLabel label={label} optional={optional} />
      {lines !== 'one' ? (
        <TextArea {...shared} className={lines} />
      ) : affix === undefined ? (
        <Input {...shared} />
      ) : (
        <div className="affixed">
          <Input {...shared} />
          {affix}
        </div>
      )}
      <FieldFoot hint={hint} wrong={wrong} />
    </AriaTextField>
  )
}

/** The name of a field. */
export function FieldLabel({ label, optional }: { label: ReactNode; optional: boolean }): ReactNode {
  const t = useText()
  return (
    <Label className="label">
      {label}
      {optional && <span className="muted"> · {t('common.field.optional')}</span>}
    </Label>
  )
}

/** What stands below a field: what is wrong with it, or else a hint. */
export function FieldFoot({ hint, wrong }: { hint?: ReactNode; wrong?: string | undefined }): ReactNode {
  return (
    <>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="wrong">
        <CircleAlert size={16} aria-hidden />
        <span>{wrong}</span>
      </FieldError>
    </>
  )
}

/** The address with which a person signs in. */
export function OwnEmailField(props: Pick<TextFieldProps, 'value' | 'onChange' | 'wrong'>): ReactNode {
  const t = useText()
  return (
    <TextField
      {...props}
      label={t('common.field.email')}
      type="email"
      autoComplete="username"
      direction="ltr"
      isRequired
    />
  )
}

/** A password that its owner may look at. */
export function PasswordField(props: TextFieldProps): ReactNode {
  const t = useText()
  const [shown, setShown] = useState(false)
  const toggle = (
    <Button
      look="quiet"
      icon={shown ? EyeOff : Eye}
      label={t(shown ? 'field.hide-password' : 'field.show-password')}
      onPress={() => setShown(!shown)}
    />
  )
  return <TextField {...props} type={shown ? 'text' : 'password'} direction="ltr" affix={toggle} />
}

/** The same text in both languages, side by side where there is room. */
export function BilingualField(props: {
  label: string
  value: { ar: string; en: string }
  onChange: (value: { ar: string; en: string }) => void
  lines?: 'one' | 'many' | 'tall'
  hint?: ReactNode
  wrong?: { ar?: string | undefined; en?: string | undefined; both?: string | undefined }
  maxLength?: number
}): ReactNode {
  const t = useText()
  const { label, value, onChange, lines = 'one', hint, wrong = {}, maxLength } = props
  return (
    <fieldset className="group">
      <legend className="hide">{label}</legend>
      <div className="columns">
        {(['ar', 'en'] as const).map((lang) => (
          <TextField
            key={lang}
            label={t('field.in-language', { field: label, language: t(`common.language.${lang}`) })}
            lang={lang}
            lines={lines}
            value={value[lang]}
            onChange={(text) => onChange({ ...value, [lang]: text })}
            wrong={wrong[lang] ?? (lang === 'ar' ? wrong.both : undefined)}
            {...(maxLength === undefined ? {} : { maxLength })}
          />
        ))}
      </div>
      {hint !== undefined && <p className="hint">{hint}</p>}
    </fieldset>
  )
}

/** A box to tick. */
export function Checkbox(props: {
  children: ReactNode
  hint?: ReactNode
  isSelected: boolean
  onChange: (on: boolean) => void
}): ReactNode {
  const { children, hint, ...rest } = props
  return (
    <AriaCheckbox {...rest} className="check">
      <span className="box" aria-hidden>
        <Check size={15} strokeWidth={3} />
      </span>
      <span>
        {children}
        {hint !== undefined && <span className="hint"> {hint}</span>}
      </span>
    </AriaCheckbox>
  )
}

/** Something that is on or off at once. */
export function Switch(props: {
  children: ReactNode
  isSelected: boolean
  onChange: (on: boolean) => void
}): ReactNode {
  const { children, ...rest } = props
  return (
    <AriaSwitch {...rest} className="switch">
      <span className="track" aria-hidden />
      <span>{children}</span>
    </AriaSwitch>
  )
}
