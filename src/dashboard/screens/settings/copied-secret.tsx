import { Check, Copy } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'

/** Something that is shown this once, to be copied. `done` says that it was kept. */
export function CopiedSecret(props: {
  label: string
  value: string
  done: string
  onDone: () => void
}): ReactNode {
  const { label, value, done, onDone } = props
  const t = useText()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(value)
    setCopied(true)
  }
  return (
    <>
      <TextField
        label={label}
        direction="ltr"
        isReadOnly
        value={value}
        onFocus={(event) => event.target instanceof HTMLInputElement && event.target.select()}
      />
      <div className="actions">
        <Button icon={copied ? Check : Copy} onPress={() => void copy()}>
          {t(copied ? 'common.state.copied' : 'common.action.copy')}
        </Button>
        <Button look="primary" onPress={onDone}>
          {done}
        </Button>
      </div>
    </>
  )
}
