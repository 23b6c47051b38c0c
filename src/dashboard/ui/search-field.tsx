import { Search } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { Input, SearchField as AriaSearchField } from 'react-aria-components'

const settleMs = 250

/** Searches while one types, once the typing rests. */
export function SearchField(props: {
  label: string
  value: string
  onChange: (value: string) => void
}): ReactNode {
  const { label, value, onChange } = props
  const [typed, setTyped] = useState(value)
  useEffect(() => {
    if (typed === value) return undefined
    const timer = setTimeout(() => onChange(typed), settleMs)
    return () => clearTimeout(timer)
  }, [typed, value, onChange])
  return (
    <AriaSearchField
      aria-label={label}
      className="searchfield"
      value={typed}
      onChange={setTyped}
      onSubmit={onChange}
    >
      <Search size={18} aria-hidden />
      <Input placeholder={label} dir="auto" />
    </AriaSearchField>
  )
}
