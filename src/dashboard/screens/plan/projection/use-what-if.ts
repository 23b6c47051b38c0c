import { useEffect, useRef, useState } from 'react'
import { tryPlan, type PlanInput, type WhatIfAnswer } from '../../../api/plans.ts'

/** What comes of a plan while it is changed: the newest wish is asked as soon as the one before is answered. */
export function useWhatIf(
  input: PlanInput,
  language: string,
): { answer: WhatIfAnswer | undefined; error: unknown } {
  const [state, setState] = useState<{ answer: WhatIfAnswer | undefined; error: unknown }>({
    answer: undefined,
    error: undefined,
  })
  const asking = useRef<{ wish: string; isBusy: boolean; ends: AbortController }>({
    wish: '',
    isBusy: false,
    ends: new AbortController(),
  })
  const wish = JSON.stringify([input, language])
  useEffect(() => {
    const current = asking.current
    current.wish = wish
    if (!current.isBusy) void ask(current, setState)
  }, [wish])
  useEffect(() => {
    const current = asking.current
    current.ends = new AbortController()
    return () => current.ends.abort()
  }, [])
  return state
}

type Asking = { wish: string; isBusy: boolean; ends: AbortController }
type Answered = { answer: WhatIfAnswer | undefined; error: unknown }

async function ask(
  current: Asking,
  answered: (change: (before: Answered) => Answered) => void,
): Promise<void> {
  current.isBusy = true
  try {
    let asked = ''
    while (asked !== current.wish && !current.ends.signal.aborted) {
      asked = current.wish
      // It was made of these two just above.
      const [input] = JSON.parse(asked) as [PlanInput, string]
      try {
        const answer = await tryPlan(input, current.ends.signal)
        answered(() => ({ answer, error: undefined }))
      } catch (error) {
        if (!current.ends.signal.aborted) answered(({ answer }) => ({ answer, error }))
      }
    }
  } finally {
    current.isBusy = false
  }
}
