import { useMemo, type ReactNode } from 'react'
import { previewProduct } from '../../api/look.ts'
import { useText } from '../../text/person.tsx'
import { PagePreview } from '../../ui/page-preview.tsx'
import { canSave, pricesOf } from './product-draft.ts'
import type { TabProps } from './product.tsx'

/** The product's page with what is being written, before anything is saved. Prices that cannot be read are not shown yet. */
export function ProductPreview({ product, draft }: Pick<TabProps, 'product' | 'draft'>): ReactNode {
  const t = useText()
  const { value } = draft
  const { title, summary, description, faq, refundPolicy, forWhom, showsSold } = value
  const prices = canSave(value) ? pricesOf(value.prices) : undefined
  const read = useMemo(() => previewProduct(product.id), [product.id])
  return (
    <PagePreview
      label={t('preview.product')}
      part={{ title, summary, description, faq, refundPolicy, forWhom, showsSold, prices }}
      seen={[product.updatedAt, product.pictures, product.sample]}
      read={read}
    />
  )
}
