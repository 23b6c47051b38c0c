import type { ReactNode } from 'react'
import { TextField } from '../ui/fields.tsx'

/** A code of an authenticator app, or a recovery code. */
export function CodeField(props: {
  label: string
  hint?: string
  value: string
  onChange: (code: string) => void
  wrong?: string | undefined
}): ReactNode {
  return (
    <TextField
      {...props}
      autoComplete="one-time-code"
      direction="ltr"
      spellCheck="false"
      isRequired
      maxLength={40}
    />
  )
}
