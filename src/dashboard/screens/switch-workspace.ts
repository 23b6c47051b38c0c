import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { chooseWorkspace } from '../api/workspaces.ts'

/** Goes over to another workspace: nothing of the one before stays on the screen. */
export function useSwitch(): (workspaceId: string) => Promise<void> {
  const router = useRouter()
  const queries = useQueryClient()
  return async (workspaceId) => {
    chooseWorkspace(workspaceId)
    queries.clear()
    await router.navigate({ to: '/' })
    await router.invalidate()
  }
}
