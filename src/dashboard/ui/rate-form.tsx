import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import type { CurrencyCode } from '../../shared/currencies.ts'
import { parseDecimal } from '../../shared/parse-number.ts'
import { wrongAt } from '../api/errors-of.ts'
import { useText } from '../text/person.tsx'
import { Button } from './button.tsx'
import { CurrencyField } from './currency-field.tsx'
import { TextField } from './fields.tsx'
import { ProblemNotice } from './show.tsx'

/** What one unit of a currency is worth in another from a day on; `rate` is a decimal string. */
export type EnteredRate = { one: CurrencyCode; worth: CurrencyCode; day: string; rate: string }

/** Enters a rate, in either script's digits. */
export function RateForm(props: {
  labels: Record<'one' | 'rate' | 'worth' | 'day' | 'enter', string>
  placeholder: string
  began: Pick<EnteredRate, 'one' | 'worth' | 'day'>
  look?: 'primary' | 'plain'
  enter: (rate: EnteredRate) => Promise<unknown>
  onEntered: () => Promise<unknown>
}): ReactNode {
  const { labels, placeholder, began, look = 'plain', enter, onEntered } = props
  const t = useText()
  const [{ one, worth, day }, setPair] = useState(began)
  const [typed, setTyped] = useState('')
  const [left, setLeft] = useState(false)
  const rate = parseDecimal(typed)
  const entering = useMutation({
    mutationFn: () => enter({ one, worth, day, rate: rate ?? typed.trim() }),
    onSuccess: () => {
      setTyped('')
      return onEntered()
    },
  })
  const unreadable = left && typed.trim() !== '' && rate === undefined ? t('field.not-a-decimal') : undefined
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        entering.mutate()
      }}
    >
      <div className="columns">
        <CurrencyField
          label={labels.one}
          value={one}
          onChange={(code) => setPair({ one: code, worth, day })}
          without={[worth]}
        />
        <TextField
          label={labels.rate}
          direction="ltr"
          inputMode="decimal"
          placeholder={placeholder}
          isRequired
          value={typed}
          onChange={setTyped}
          onFocus={() => setLeft(false)}
          onBlur={() => setLeft(true)}
          wrong={unreadable ?? wrongAt(entering.error, '/rates/0/rate')}
        />
        <CurrencyField
          label={labels.worth}
          value={worth}
          onChange={(code) => setPair({ one, worth: code, day })}
          without={[one]}
        />
        <TextField
          label={labels.day}
          type="date"
          direction="ltr"
          isRequired
          value={day}
          onChange={(text) => setPair({ one, worth, day: text })}
          wrong={wrongAt(entering.error, '/rates/0/day')}
        />
      </div>
      <ProblemNotice error={entering.error} />
      <div>
        <Button
          type="submit"
          look={look}
          isPending={entering.isPending}
          isDisabled={typed.trim() === '' || day === ''}
        >
          {labels.enter}
        </Button>
      </div>
    </Form>
  )
}
