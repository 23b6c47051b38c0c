import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { storeQuery, updateStore, type Store, type UpdateStore } from '../../api/catalog.ts'
import { sessionQuery } from '../../api/workspaces.ts'
import { useText } from '../../text/person.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { changedParts, useDraft, type Draft } from '../../ui/use-draft.ts'
import { useSaving } from '../../ui/use-saving.ts'

/** A part of the store's settings being edited: the draft, what the server refused, and the form's submit. */
export type StoreDraft<Part extends object> = {
  draft: Draft<Part>
  error: unknown
  isPending: boolean
  /** The save waits for the connection. */
  isWaiting: boolean
  submit: (event: FormEvent) => void
}

/**
 * Edits some of the store's settings. `pick` takes them out of the store; `send` makes of the changed ones what the API
 * takes, or undefined while something typed cannot be sent.
 */
export function useStoreDraft<Part extends object>(
  pick: (store: Store) => Part,
  send: (changed: Partial<Part>, all: Part) => UpdateStore | undefined,
): StoreDraft<Part> {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const { data: store } = useSuspenseQuery(storeQuery)
  const saved = pick(store)
  const draft = useDraft(saved, `store.${Object.keys(saved).join('-')}`)
  const saving = useSaving<Store, UpdateStore>({
    save: (change) => updateStore(change),
    onSaved: (after) => {
      queries.setQueryData(storeQuery.queryKey, after)
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
      draft.reset()
      notify(t('common.state.saved'))
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const change = send(changedParts(draft.value, saved), draft.value)
    if (change !== undefined) saving.mutate(change)
  }
  return { draft, error: saving.error, isPending: saving.isPending, isWaiting: saving.isWaiting, submit }
}
