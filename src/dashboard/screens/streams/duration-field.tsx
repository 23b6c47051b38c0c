import { useState, type ReactNode } from 'react'
import { latinDigits } from '../../../shared/arabic.ts'
import { wrongAt } from '../../api/errors-of.ts'
import { useText } from '../../text/person.tsx'
import { TextField } from '../../ui/fields.tsx'
import { parseDuration } from './duration.ts'

/** How long something took, as people type it, in either script's digits. It is judged on leaving. */
export function DurationField(props: {
  value: string
  onChange: (typed: string) => void
  error: unknown
}): ReactNode {
  const { value, onChange, error } = props
  const t = useText()
  const [left, setLeft] = useState(false)
  const isNone = left && value.trim() !== '' && readDuration(value) === undefined
  return (
    <TextField
      label={t('streams.hours.duration')}
      hint={t('streams.hours.duration-hint')}
      direction="ltr"
      isRequired
      autoComplete="off"
      value={value}
      onChange={onChange}
      onFocus={() => setLeft(false)}
      onBlur={() => setLeft(true)}
      wrong={isNone ? t('streams.hours.not-a-duration') : wrongAt(error, '/minutes')}
    />
  )
}

/** The minutes that were typed, at least one; undefined if it is no duration. */
export function readDuration(typed: string): number | undefined {
  const minutes = parseDuration(typed, latinDigits)
  return minutes === 0 ? undefined : minutes
}
