import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import type { SignedIn } from '../api/account.ts'
import { sessionQuery } from '../api/workspaces.ts'

/** What follows a way in: the second step where one is wanted, else the screen that the person came for. */
export function useEnter(from?: string): {
  isSecondStep: boolean
  onSignedIn: (answer: SignedIn) => Promise<void>
  onAgain: () => void
} {
  const router = useRouter()
  const queries = useQueryClient()
  const [isSecondStep, setSecondStep] = useState(false)
  return {
    isSecondStep,
    onAgain: () => setSecondStep(false),
    onSignedIn: async ({ secondStep }) => {
      if (secondStep) return setSecondStep(true)
      queries.removeQueries({ queryKey: sessionQuery.queryKey })
      // Only addresses of the dashboard itself are kept in `from`.
      await router.navigate({ href: from?.startsWith('/dashboard/') === true ? from : '/dashboard/' })
    },
  }
}
