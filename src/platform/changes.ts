type Listener = (workspaceId: string) => void

const listeners = new Set<Listener>()

/** Calls `listener` whenever this process has committed a change that a workspace's public pages can show. */
export function onPublicChange(listener: Listener): void {
  listeners.add(listener)
}

/** To be called after the commit of a change that public pages can show; other processes learn of it by the store's revision. */
export function announcePublicChange(workspaceId: string): void {
  for (const listener of listeners) listener(workspaceId)
}
