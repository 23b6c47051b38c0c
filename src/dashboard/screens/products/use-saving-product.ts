import { useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { productQuery, setPrices, setStock, updateProduct, type Product } from '../../api/catalog.ts'
import { isRefusedAs } from '../../api/errors-of.ts'
import { useText } from '../../text/person.tsx'
import { useNotify } from '../../ui/toasts.tsx'
import { changedParts, type Draft } from '../../ui/use-draft.ts'
import { useSaving } from '../../ui/use-saving.ts'
import { canSave, pricesOf, stockOf, wordsOf, type ProductDraft } from './product-draft.ts'

/**
 * Saves what changed: words, prices and stock each where they belong, and only if all of it can be sent and nothing waits for a
 * decision. A product that somebody else saved meanwhile is read again: fields that they did not touch are saved at once, the
 * others are put side by side.
 */
export function useSavingProduct(
  product: Product,
  draft: Draft<ProductDraft>,
  read: (from: Product) => ProductDraft,
) {
  const t = useText()
  const notify = useNotify()
  const queries = useQueryClient()
  const [unready, setUnready] = useState(false)
  const { queryKey } = productQuery(product.id)
  const saving = useSaving<Product, void>({
    save: async () => {
      try {
        return await saveParts(product, changedParts(draft.value, read(product)))
      } catch (error) {
        if (!isRefusedAs(error, 'changed-meanwhile')) throw error
        const fresh = await queries.fetchQuery({ ...productQuery(product.id), staleTime: 0 })
        if (draft.conflictsWith(read(fresh)).length > 0) throw error
        return saveParts(fresh, typedOver(draft, read, { product, fresh }))
      }
    },
    onSaved: (after) => {
      queries.setQueryData(queryKey, after)
      draft.reset()
      notify(t('common.state.saved'))
      return queries.invalidateQueries({ queryKey: ['products'] })
    },
    // A part may have been saved before another was refused; and what somebody else wrote is to be seen.
    onRefused: () => queries.invalidateQueries({ queryKey }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const ready = canSave(draft.value)
    setUnready(!ready)
    if (ready && draft.conflicts.length === 0) saving.mutate()
  }
  return { saving, submit, unready }
}

/** What was typed, over the product as somebody else left it: what they changed and nobody typed into stays theirs. */
function typedOver(
  draft: Draft<ProductDraft>,
  read: (from: Product) => ProductDraft,
  { product, fresh }: { product: Product; fresh: Product },
): Partial<ProductDraft> {
  const typed = changedParts(draft.value, read(product))
  return changedParts({ ...read(fresh), ...typed }, read(fresh))
}

async function saveParts(product: Product, changed: Partial<ProductDraft>): Promise<Product> {
  const words = wordsOf(changed)
  let after = product
  if (Object.keys(words).length > 0) after = await updateProduct(after, words)
  if (changed.prices !== undefined) after = await setPrices(after, pricesOf(changed.prices))
  if (changed.stock !== undefined) after = await setStock(after, stockOf(changed.stock) ?? null)
  return after
}
