import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { modelsQuery, type PlanInput } from '../../../api/plans.ts'
import { monthNames } from '../../../text/month-names.ts'
import { usePerson } from '../../../text/person.tsx'
import { Conflicts } from '../../../ui/conflicts.tsx'
import type { Draft } from '../../../ui/use-draft.ts'
import { useWords } from './outcome.tsx'
import { PLAN_LABELS, planTexts, type PlanWords } from './plan-differences.ts'

/** Parts of the plan that were changed here and elsewhere. */
export function PlanConflicts({ draft, saved }: { draft: Draft<PlanInput>; saved: PlanInput }): ReactNode {
  const { locale, number, percent, preferences } = usePerson()
  const { items: models } = useSuspenseQuery(modelsQuery(locale)).data
  const { t, amount } = useWords(saved)
  const words: PlanWords = {
    t,
    amount,
    number,
    percent,
    month: monthNames(preferences).long,
  }
  return (
    <Conflicts
      draft={draft}
      saved={saved}
      words={{
        labelOf: (name) => t(PLAN_LABELS[name]),
        textsOf: (name, value, other) => planTexts(name, { value, other }, { words, models }),
      }}
    />
  )
}
