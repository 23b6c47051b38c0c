import { useSuspenseQuery } from '@tanstack/react-query'
import { sessionQuery, type Right, type Session } from './workspaces.ts'

/** Who is signed in, below the screen that made sure of it. */
export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data
}

/** Whether the person may do something in this workspace; what they may not is not offered to them. */
export function useRight(right: Right): boolean {
  return useSession().current?.rights.includes(right) ?? false
}

/** The address of the workspace's public store. */
export function useStoreSlug(): string | undefined {
  const { workspaces, current } = useSession()
  return workspaces.find(({ id }) => id === current?.workspaceId)?.storeSlug ?? undefined
}
